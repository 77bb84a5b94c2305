import type { Command } from 'commander';
import type { Act } from '../audit/audit-trail.service.js';
import { AppError } from '../http/app-error.js';
import { databasePlaceOf } from '../storage/database-place.js';
import { StorageError } from '../storage/storage.errors.js';
import { Store } from '../storage/store.js';
import { CliError } from './cli.errors.js';
import { addStateFlags, type Flags, loadFromFlags } from './config-flags.js';
import { recorded } from './recorded.js';
import { prepareStateDir } from './state-dir.js';

/** Flags that say which database; the others of these commands are no keys of the configuration. */
const KEYS = ['config', 'stateDir', 'databaseUrl', 'databaseUrlFile'] as const;

/** `--config`, `--state-dir` and the database's flags. */
export function addStoreFlags(command: Command): Command {
  return addStateFlags(command)
    .option('--database-url <url>', 'sqlite:FILE or postgresql://…')
    .option('--database-url-file <file>', 'file that holds it, for one with a password');
}

/**
 * Runs `work` on the database the server uses by the same flags, variables and file; a server that runs
 * notices what is changed.
 *
 * @param act what `work` changes, for the audit log; absent when it only looks
 * @throws CliError that says what to do
 */
export async function withStore<T>(
  flags: Flags,
  work: (store: Store) => Promise<T>,
  act?: Act,
): Promise<T> {
  const chosen = Object.fromEntries(KEYS.map((key) => [key, flags[key]]));
  const config = loadFromFlags(chosen);
  prepareStateDir(config.stateDir);
  let opened: Store | undefined;
  try {
    const store = (opened = await Store.open(databasePlaceOf(config)));
    if (act === undefined) return await work(store);
    return await recorded(config, act, () => work(store));
  } catch (error) {
    if (!(error instanceof StorageError || error instanceof AppError)) throw error;
    throw new CliError(error.message);
  } finally {
    await opened?.close();
  }
}
