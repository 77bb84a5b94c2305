import { type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigValues } from '../config.js';
import type { Source } from '../load-config.js';

/** What matters about a file or directory that the configuration names. */
export interface FileFacts {
  /** The setting that names it. */
  readonly key: string;
  readonly path: string;
  readonly kind: 'secret' | 'directory' | 'settings';
  /** Permission bits, such as 0o600. */
  readonly mode: number;
  /** User id of its owner. */
  readonly owner: number;
}

/** What the linter must know about the machine; a value, so that every rule can be tried anywhere. */
export interface MachineFacts {
  /** Who runs the server; undefined where the system has no user ids. */
  readonly userId: number | undefined;
  /** Those that exist. */
  readonly files: readonly FileFacts[];
  /** The roots of `files.roots` that exist; absent: not asked. */
  readonly fileRoots?: readonly Pick<FileFacts, 'key' | 'path' | 'mode'>[];
  /** Where each setting was made; absent: not asked. */
  readonly sources: Readonly<Partial<Record<string, Source>>>;
}

/** Asks the machine. Files that are missing or cannot be looked at are left out: who needs them will say so. */
export function readMachineFacts(
  config: ConfigValues,
  {
    sources = {},
    file,
  }: { readonly sources?: MachineFacts['sources']; readonly file?: string } = {},
): MachineFacts {
  const places: readonly (Pick<FileFacts, 'key' | 'kind'> & { path: string | undefined })[] = [
    { key: 'stateDir', kind: 'directory', path: config.stateDir },
    { key: 'databaseUrl', kind: 'secret', path: databaseFile(config) },
    { key: 'databaseUrlFile', kind: 'secret', path: config.databaseUrlFile },
    { key: 'proxySecretFile', kind: 'secret', path: config.proxySecretFile },
    { key: 'tlsKey', kind: 'secret', path: config.tlsKey },
    { key: 'oidc.clientSecretFile', kind: 'secret', path: config.oidc?.clientSecretFile },
    {
      key: 'audit.dir',
      kind: 'directory',
      path: config.audit.dir ?? join(config.stateDir, 'audit'),
    },
    { key: 'audit.signingKeyFile', kind: 'secret', path: signingKeyFile(config) },
    {
      key: 'audit.anchors.httpsTokenFile',
      kind: 'secret',
      path: config.audit.anchors?.httpsTokenFile,
    },
    { key: 'configuration file', kind: 'settings', path: file },
  ];
  const roots = config.files.roots ?? [];
  return {
    userId: process.getuid?.(),
    fileRoots: roots.flatMap(({ path }, index) => {
      const stat = look(path);
      const key = `files.roots[${String(index)}]`;
      return stat === undefined ? [] : [{ key, path, mode: stat.mode & 0o7777 }];
    }),
    sources,
    files: places.flatMap(({ path, ...place }) => {
      const stat = path === undefined ? undefined : look(path);
      return path === undefined || stat === undefined
        ? []
        : [{ ...place, path, mode: stat.mode & 0o7777, owner: stat.uid }];
    }),
  };
}

function signingKeyFile({ audit, stateDir }: ConfigValues): string {
  return audit.signingKeyFile ?? join(stateDir, 'audit-key.pem');
}

/** The file of the embedded database, undefined when another is used. */
function databaseFile(config: ConfigValues): string | undefined {
  if (config.databaseUrlFile !== undefined) return undefined;
  if (config.databaseUrl === undefined) return join(config.stateDir, 'tmuxy.db');
  const file = /^sqlite:(?:\/\/)?(\/.*)$/.exec(config.databaseUrl)?.[1];
  return file;
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // Not ours to look at; opening it will tell more.
  }
}
