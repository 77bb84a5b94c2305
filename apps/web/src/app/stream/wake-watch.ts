import type { StreamEnvironment } from './stream-environment';

/** How often the clock is looked at; a jump means that the machine slept. */
const CLOCK_MS = 5_000;

/** Calls `woken` when a connection may have died unseen: back from sleep, another network, another tab. */
export function watchForWaking(
  environment: Pick<StreamEnvironment, 'after' | 'now'>,
  woken: () => void,
): () => void {
  const shown = (): void => {
    if (document.visibilityState === 'visible') woken();
  };
  let cancel: () => void = () => undefined;
  let last = environment.now();
  const lookAtClock = (): void => {
    const now = environment.now();
    const hasSlept = now - last > 3 * CLOCK_MS;
    last = now;
    cancel = environment.after(CLOCK_MS, lookAtClock);
    // Timers of a page that nobody sees are late by themselves.
    if (hasSlept) shown();
  };
  cancel = environment.after(CLOCK_MS, lookAtClock);
  window.addEventListener('online', shown);
  window.addEventListener('pageshow', shown);
  document.addEventListener('visibilitychange', shown);
  return () => {
    cancel();
    window.removeEventListener('online', shown);
    window.removeEventListener('pageshow', shown);
    document.removeEventListener('visibilitychange', shown);
  };
}
