import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Command } from 'commander';
import { auditDirOf } from '../audit/query/audit-dir.js';
import { type AuditFilter, readAuditFilter } from '../audit/query/audit-filter.js';
import { AuditReader } from '../audit/query/audit-reader.js';
import { errorCode } from '../config/error-code.js';
import { AppError } from '../http/app-error.js';
import { CliError } from './cli.errors.js';
import { addStateFlags, type Flags, loadFromFlags } from './config-flags.js';

/** `--dir`, and the flags that say where it is otherwise. */
export function addAuditDirFlags(command: Command): Command {
  return addStateFlags(command).option(
    '--dir <dir>',
    'directory of the log; without: the one that the configuration names',
  );
}

/** The filters of `GET /api/audit`. */
export function addFilterFlags(command: Command): Command {
  return command
    .option('--actor <name>', 'only what this person or program did')
    .option('--action <action>', 'only this, such as file.read, or file.* for all that begin so')
    .option('--session <name>', 'only what was done to this tmux session')
    .option('--decision <decision>', 'allowed or denied')
    .option('--outcome <outcome>', 'ok or failed')
    .option('--since <time>', 'from this moment on, such as 2026-01-31 or 2026-01-31T09:30:00Z')
    .option('--until <time>', 'before this moment')
    .option('-q, --q <text>', 'only records with this text in them, in any case');
}

/** @throws CliError naming the flag that is wrong */
export function filterIn(flags: Flags): AuditFilter {
  try {
    return readAuditFilter(flags);
  } catch (error) {
    if (error instanceof AppError) throw new CliError(error.message);
    throw error;
  }
}

/** The directory that the flags, variables and file say. */
export function auditDirIn({ dir, config, stateDir }: Flags): string {
  return typeof dir === 'string' ? dir : auditDirOf(loadFromFlags({ config, stateDir }));
}

/**
 * Runs `work` with a reader of that directory.
 *
 * @throws CliError when there is none, or when it cannot be read to its end, or `work` cannot write
 */
export async function readingAudit(
  flags: Flags,
  work: (reader: AuditReader) => Promise<void>,
): Promise<void> {
  const dir = auditDirIn(flags);
  try {
    await access(dir, constants.R_OK | constants.X_OK);
    await work(new AuditReader(dir));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') {
      throw new CliError(
        `There is no audit log in ${dir}. Say where it is with --dir, --state-dir or --config.`,
      );
    }
    // Commander ends by errors with codes of its own, which are no words.
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    throw new CliError(`The audit log in ${dir} could not be read and written out (${code}).`);
  }
}
