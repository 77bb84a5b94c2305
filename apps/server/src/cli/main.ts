import { ConfigError } from '../config/config.errors.js';
import { StorageError } from '../storage/storage.errors.js';
import { CliError } from './cli.errors.js';
import { createProgram } from './program.js';

try {
  await createProgram().parseAsync();
} catch (error) {
  const isKnown =
    error instanceof CliError || error instanceof ConfigError || error instanceof StorageError;
  if (!isKnown) throw error;
  for (const line of error.message.split('\n')) process.stderr.write(`tmuxy: ${line}\n`);
  process.exitCode = 1;
}
