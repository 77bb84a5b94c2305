import { CHROMIUM, findProgram } from './system-packages.mjs';
import { UserError } from '../runtime/user-error.mjs';

/** No network of its own, and WebGL in software: there is no graphics card on a test machine. */
const ARGS = [
  '--disable-gpu',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * How Playwright starts the system's Chromium.
 *
 * @returns {{ executablePath: string, args: string[], headless: true }}
 * @throws {UserError} when there is none
 */
export function findChromium() {
  const executablePath = findProgram(CHROMIUM.programs);
  if (!executablePath) throw new UserError('Chromium is missing: `npm test` installs it.');
  // Chromium's sandbox refuses to run as root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...ARGS] : ARGS;
  return { executablePath, args, headless: true };
}
