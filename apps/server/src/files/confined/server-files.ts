import { join, resolve } from 'node:path';
import type { TmuxyConfig } from '../../config/config.js';
import { configFileOf } from '../../config/config-file.js';
import { type DatabasePlace, databasePlaceOf } from '../../storage/database-place.js';
import { resolveSocketPath } from '../../tmux/tmux-socket.js';
import { InodeSet } from './inode-set.js';

/** What SQLite keeps beside a database. */
const DATABASE_SUFFIXES = ['', '-wal', '-shm', '-journal'] as const;

/** Everything the server keeps or is configured with: nobody reads it or writes it through the server. */
export function serverFiles(config: TmuxyConfig): InodeSet {
  const { audit, oidc } = config;
  const signingKey = audit.signingKeyFile ?? join(config.stateDir, 'audit-key.pem');
  const files = [
    configFileOf(config),
    config.tlsCert,
    config.tlsKey,
    config.proxySecretFile,
    config.databaseUrlFile,
    oidc?.clientSecretFile,
    signingKey,
    audit.anchors?.file,
    audit.anchors?.httpsTokenFile,
    audit.anchors?.httpsCaFile,
    socketPathOf(config),
    ...databaseFiles(databasePlaceOf(config)),
  ];
  const trees = [config.stateDir, audit.dir ?? join(config.stateDir, 'audit')];
  return new InodeSet(
    files.flatMap((file) => (file === undefined ? [] : [resolve(file)])),
    trees,
  );
}

function databaseFiles(place: DatabasePlace): readonly string[] {
  return place.kind === 'sqlite' ? DATABASE_SUFFIXES.map((suffix) => place.file + suffix) : [];
}

function socketPathOf({ socketPath, socketName, tmuxTmpDir }: TmuxyConfig): string {
  return resolveSocketPath({ socketPath, socketName, tmpDir: tmuxTmpDir }, process.getuid?.() ?? 0);
}

/** Where uploads wait until they are whole. */
export function uploadsDirOf({ stateDir }: Pick<TmuxyConfig, 'stateDir'>): string {
  return join(stateDir, 'uploads');
}
