import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TmuxyConfig } from '../config/config.js';
import { errorCode } from '../config/error-code.js';
import { StorageError } from './storage.errors.js';

/** Which database is meant. */
export type DatabasePlace =
  | { readonly kind: 'sqlite'; readonly file: string }
  /** `url` may hold a password: it is shown to nobody. */
  | { readonly kind: 'postgresql'; readonly url: string };

type DatabaseSettings = Pick<TmuxyConfig, 'stateDir' | 'databaseUrl' | 'databaseUrlFile'>;

/**
 * Where users, tokens and sign-ins are: `databaseUrl`, or what `databaseUrlFile` holds, or
 * `<stateDir>/tmuxy.db`.
 *
 * @throws StorageError when the file cannot be read or holds no such address
 */
export function databasePlaceOf(config: DatabaseSettings): DatabasePlace {
  const url = config.databaseUrl ?? urlFromFile(config.databaseUrlFile);
  if (url === undefined) return { kind: 'sqlite', file: join(config.stateDir, 'tmuxy.db') };
  if (url.startsWith('sqlite:/')) {
    // Both sqlite:/file and sqlite:///file are in use.
    return { kind: 'sqlite', file: url.slice('sqlite:'.length).replace(/^\/\/\//, '/') };
  }
  if (/^postgres(?:ql)?:\/\//.test(url)) return { kind: 'postgresql', url };
  throw new StorageError(
    'The first line of databaseUrlFile must begin with sqlite:/ or postgresql://.',
  );
}

function urlFromFile(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8').split('\n', 1)[0]?.trim() ?? '';
  } catch (error) {
    throw new StorageError(
      `databaseUrlFile ${file} cannot be read (${errorCode(error) ?? 'unknown'}). Make it readable by the user tmuxy runs as, or remove the setting.`,
    );
  }
}
