const POLL_MS = 500;

/**
 * Tells when the process that started this one has ended. npx answers SIGTERM by ending the shell
 * between it and its program, and the program hears nothing: its new parent is the only sign.
 *
 * @param {() => void} listener called once
 * @returns {() => void} stops watching
 */
export function onParentGone(listener) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    listener();
  }, POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
