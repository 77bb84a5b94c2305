import { ConfigError } from '../config/config.errors.js';
import { CliError } from './cli.errors.js';
import { createProgram } from './program.js';

try {
  await createProgram().parseAsync();
} catch (error) {
  if (!(error instanceof CliError || error instanceof ConfigError)) throw error;
  for (const line of error.message.split('\n')) process.stderr.write(`tmuxy: ${line}\n`);
  process.exitCode = 1;
}
