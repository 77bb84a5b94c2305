import { accessSync, constants, mkdirSync } from 'node:fs';
import { errorCode } from '../config/error-code.js';
import { CliError } from './cli.errors.js';

/**
 * Makes the state directory, for its owner only, unless it is there.
 *
 * @throws CliError when it cannot be used
 */
export function prepareStateDir(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = errorCode(error) ?? 'unknown';
    throw new CliError(
      `The state directory ${dir} cannot be used (${code}). Give another with --state-dir.`,
    );
  }
}
