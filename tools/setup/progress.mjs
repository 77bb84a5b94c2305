/**
 * Says what is being done and, when it took noticeable time, how long.
 *
 * @template T
 * @param {string} label in the form "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  console.error(`${label} …`);
  const start = performance.now();
  const result = await work();
  console.error(`${label}: done in ${seconds(performance.now() - start)}`);
  return result;
}

/**
 * @param {number} ms
 * @returns {string} such as `3.4 s`
 */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
