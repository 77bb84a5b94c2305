/**
 * `npm run bench -- --audit`: what recording and verifying cost, on the disk of the temporary directory, beside what
 * that disk and this machine can do at all.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  fdatasyncSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SECONDS = 2;
const APPENDERS = [1, 10, 100];
const VERIFIED_RECORDS = 100_000;
const run = promisify(execFile);

/** What is used of the built server (`apps/server/src/audit/log`). */
interface Log {
  append(entry: object, until: 'written' | 'synced'): Promise<number>;
  close(): Promise<void>;
}
interface OpenModule {
  readonly openAuditLog: (options: object) => Promise<Log>;
}
interface VerifyModule {
  readonly verifyLog: (
    dir: string,
    key: object,
  ) => { readonly isIntact: boolean; readonly records: number };
}
interface KeyModule {
  readonly readSigningKey: (file: string, origin: string) => { readonly key: object };
  readonly originOf: (host: string) => string;
}

/** A command as the server records it. */
const ENTRY = {
  action: 'tmux.command',
  actor: {
    name: 'ada',
    role: 'operator',
    credential: 'sign-in:0123456789abcdef',
    method: 'password',
    address: '192.0.2.7',
  },
  target: { session: '$1', pane: '%2' },
  params: { command: ['select-pane', '-t', '%2'] },
  decision: 'allowed',
  correlationId: '0123456789abcdef',
} as const;

/** One measured figure, as a row of the table. */
export interface AuditFigure {
  readonly what: string;
  readonly perSecond: number;
  readonly note?: string;
}

/** Measures everything, in a directory of its own. */
export async function measureAudit(): Promise<readonly AuditFigure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tmuxy-bench-audit-'));
  try {
    const figures = [rawSyncs(folder)];
    for (const sync of ['each', 'group', 'never'] as const) {
      for (const appenders of APPENDERS) figures.push(await appends(folder, sync, appenders));
    }
    return [...figures, ...(await verifying(folder))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A table for people. */
export function auditTable(figures: readonly AuditFigure[]): string {
  const width = Math.max(...figures.map(({ what }) => what.length));
  return figures
    .map(
      ({ what, perSecond, note }) =>
        `${what.padEnd(width)}  ${Math.round(perSecond).toLocaleString('en').padStart(10)} /s${note === undefined ? '' : `  ${note}`}`,
    )
    .join('\n');
}

async function built<T>(name: string): Promise<T> {
  const url = new URL(`../dist/apps/server/src/audit/log/${name}.js`, import.meta.url);
  return (await import(url.href)) as T;
}

/** The limit of `sync: each`: appending a line and waiting for the disk, nothing else. */
function rawSyncs(folder: string): AuditFigure {
  const fd = openSync(join(folder, 'raw'), 'a');
  const line = Buffer.alloc(500, 'x');
  const begun = performance.now();
  let count = 0;
  for (; performance.now() - begun < SECONDS * 1000; count += 1) {
    writeSync(fd, line);
    fdatasyncSync(fd);
  }
  const seconds = (performance.now() - begun) / 1000;
  closeSync(fd);
  return { what: 'limit: write and fdatasync of 500 bytes', perSecond: count / seconds };
}

async function openIn(folder: string, name: string, sync: string): Promise<Log> {
  const { openAuditLog } = await built<OpenModule>('open-audit-log');
  return openAuditLog({
    dir: join(folder, name),
    signingKeyFile: join(folder, 'key.pem'),
    sync,
    segmentBytes: 16 * 1024 * 1024,
    keepDays: 0,
    stopFreeMiB: 64,
    checkpointSeconds: 60,
    version: 'bench',
  });
}

async function appends(folder: string, sync: string, appenders: number): Promise<AuditFigure> {
  const log = await openIn(folder, `${sync}-${String(appenders)}`, sync);
  const begun = performance.now();
  let count = 0;
  await Promise.all(
    Array.from({ length: appenders }, async () => {
      while (performance.now() - begun < SECONDS * 1000) {
        await log.append(ENTRY, 'synced');
        count += 1;
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  await log.close();
  return {
    what: `sync ${sync}, ${String(appenders)} at once`,
    perSecond: count / seconds,
    note: `${((appenders * 1000 * seconds) / count).toFixed(2)} ms each`,
  };
}

async function verifying(folder: string): Promise<readonly AuditFigure[]> {
  const log = await openIn(folder, 'verified', 'never');
  for (let added = 0; added < VERIFIED_RECORDS; added += 1000) {
    await Promise.all(Array.from({ length: 1000 }, () => log.append(ENTRY, 'written')));
  }
  await log.close();
  const dir = join(folder, 'verified');
  const { verifyLog } = await built<VerifyModule>('verify-log');
  const { readSigningKey, originOf } = await built<KeyModule>('signing-key');
  const { key } = readSigningKey(join(folder, 'key.pem'), originOf(hostname()));
  const files = readdirSync(dir)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(dir, name));
  const megabytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
  const timed = async (what: string, work: () => unknown): Promise<AuditFigure> => {
    const begun = performance.now();
    await work();
    const seconds = (performance.now() - begun) / 1000;
    const note = `${(megabytes / seconds).toFixed(0)} MB/s`;
    return { what, perSecond: VERIFIED_RECORDS / seconds, note };
  };
  return [
    await timed('verify', () => {
      const { isIntact, records } = verifyLog(dir, key);
      if (!isIntact || records < VERIFIED_RECORDS) throw new Error('the log does not verify');
    }),
    await timed('limit: JSON.parse of the same lines', () => {
      for (const file of files) {
        for (const line of readFileSync(file, 'utf8').split('\n').slice(0, -1)) JSON.parse(line);
      }
    }),
    await timed('limit: SHA-256 of the same lines, each by itself', () => {
      for (const file of files) {
        for (const line of readFileSync(file, 'utf8').split('\n')) {
          createHash('sha256').update(line).digest();
        }
      }
    }),
    await timed('limit: sha256sum of the same files', () => run('sha256sum', files)),
  ];
}
