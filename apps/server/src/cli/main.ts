import { AuditLogOpenError } from '../audit/log/open-audit-log.js';
import { SigningKeyError } from '../audit/log/signing-key.js';
import { ConfigError } from '../config/config.errors.js';
import { StorageError } from '../storage/storage.errors.js';
import { CliError } from './cli.errors.js';
import { createProgram } from './program.js';

/** Errors whose message is for whoever typed the command. */
const KNOWN = [CliError, ConfigError, StorageError, AuditLogOpenError, SigningKeyError];
const isKnown = (error: unknown): error is Error => KNOWN.some((known) => error instanceof known);

try {
  await createProgram().parseAsync();
} catch (error) {
  if (!isKnown(error)) throw error;
  for (const line of error.message.split('\n')) process.stderr.write(`tmuxy: ${line}\n`);
  process.exitCode = 1;
}
