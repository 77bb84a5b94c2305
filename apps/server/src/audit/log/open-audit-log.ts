import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type AuditEntry, DAMAGED, equal, readCheckpoint, UNSIGNED_MAX_MS } from '#audit-log';
import {
  AUDIT_DEFAULTS,
  type AuditAnchorsSection,
  type AuditSection,
  type AuditSyncMode,
} from '../../config/audit-section.js';
import { auditDirOf } from '../query/audit-dir.js';
import { SERVER } from '../who.js';
import { AnchorOutbox } from './anchor-outbox.js';
import { anchorsOf } from './anchors.js';
import type { AuditLog } from './audit-log.js';
import { CheckpointFile } from './checkpoint-file.js';
import { Checkpointer } from './checkpointer.js';
import { type LogFiles, NODE_FILES } from './log-files.js';
import { LogLock } from './log-lock.js';
import { LogTail } from './log-tail.js';
import { NODE_PRIMITIVES } from './node-primitives.js';
import { Pruner } from './pruner.js';
import { RETRY_MS, SegmentedAuditLog, SYNC_WAIT_MS } from './segmented-audit-log.js';
import { openSigningKey, originOf, type Signer, SigningKeyError } from './signing-key.js';
import { SpaceWatch } from './space-watch.js';
import { writeFailure } from './write-failure.js';

export interface AuditLogOptions {
  readonly dir: string;
  readonly signingKeyFile: string;
  readonly sync: AuditSyncMode;
  readonly segmentBytes: number;
  /** 0: for ever. */
  readonly keepDays: number;
  /** 0: until the disk is full. */
  readonly stopFreeMiB: number;
  readonly checkpointSeconds: number;
  /** Absent: checkpoints stay here. */
  readonly anchors?: AuditAnchorsSection;
  /** Of the program, for the record of its start. */
  readonly version: string;
  /** Name of the machine; the system's when absent. */
  readonly host?: string;
  /** For tests; the system's when absent. */
  readonly files?: LogFiles;
  readonly clock?: () => number;
  readonly retryMs?: number;
  readonly syncWaitMs?: number;
}

/** The log cannot be opened at all. `message` says why and what to do. */
export class AuditLogOpenError extends Error {
  override readonly name = 'AuditLogOpenError';
}

/** What the configuration says, completed. */
export function auditLogOptions(
  section: AuditSection,
  stateDir: string,
  version: string,
): AuditLogOptions {
  return {
    dir: auditDirOf({ audit: section, stateDir }),
    signingKeyFile: signingKeyFileOf(section, stateDir),
    sync: section.sync ?? AUDIT_DEFAULTS.sync,
    segmentBytes: section.segmentBytes ?? AUDIT_DEFAULTS.segmentBytes,
    keepDays: section.keepDays ?? AUDIT_DEFAULTS.keepDays,
    stopFreeMiB: section.stopFreeMiB ?? AUDIT_DEFAULTS.stopFreeMiB,
    checkpointSeconds: section.checkpointSeconds ?? AUDIT_DEFAULTS.checkpointSeconds,
    ...(section.anchors === undefined ? {} : { anchors: section.anchors }),
    version,
  };
}

/** Where the key that signs it is. */
export const signingKeyFileOf = (section: AuditSection, stateDir: string): string =>
  section.signingKeyFile ?? join(stateDir, 'audit-key.pem');

/**
 * Opens a log for writing, and makes it where there is none. What a crash left is set aside, what is damaged is told,
 * and both are recorded. When its disk is full it is open and failing.
 *
 * @throws AuditLogOpenError, SigningKeyError
 */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  const { dir, files = NODE_FILES, clock = Date.now, host = hostname() } = options;
  prepareDir(files, dir);
  const epoch = randomBytes(8).toString('hex');
  const now = (): string => new Date(clock()).toISOString();
  const stamp = (): { ts: string; mono: number; host: string; epoch: string } => ({
    ts: now(),
    mono: Math.round(performance.now() * 1000),
    host,
    epoch,
  });
  const lock = new LogLock(files, dir);
  const tail = new LogTail({ files, dir, segmentBytes: options.segmentBytes, stamp });
  const file = new CheckpointFile(files, dir);
  const found = await openParts(options, { lock, tail, file, origin: originOf(host) });
  const record = (entry: AuditEntry): void => {
    log.tell(entry);
  };
  const anchors = options.anchors === undefined ? [] : anchorsOf(options.anchors);
  const outboxes = anchors.map((anchor) => new AnchorOutbox(anchor, record));
  const pruner = new Pruner({
    files,
    dir,
    keepDays: options.keepDays,
    now: clock,
    record: (entry) => log.append(entry, 'synced'),
  });
  const checkpointer = new Checkpointer({
    tail,
    file,
    signer: found.signer,
    seconds: options.checkpointSeconds,
    last: found.checkpoint,
    signedSize: found.signedSize,
    sync: () => log.sync(),
    record,
    outboxes,
  });
  const isUnsigned = found.signedSize < tail.size;
  const log: SegmentedAuditLog = new SegmentedAuditLog({
    lock,
    tail,
    space: new SpaceWatch(options.stopFreeMiB, () => files.freeBytes(dir)),
    checkpointer,
    pruner,
    sync: options.sync,
    publicKey: found.signer.publicKey,
    retryMs: options.retryMs ?? RETRY_MS,
    syncWaitMs: options.syncWaitMs ?? SYNC_WAIT_MS,
    now,
  });
  if (found.damage !== undefined) record({ action: DAMAGED, ...SERVER, reason: found.damage });
  record({
    action: 'log.opened',
    ...SERVER,
    params: { version: options.version, pid: process.pid },
  });
  await log.settled();
  if (isUnsigned && log.status.state === 'recording') checkpointer.begin();
  void pruner.prune();
  return log;
}

interface Found {
  readonly signer: Signer;
  readonly checkpoint: string | null;
  /** Records that it vouches for. */
  readonly signedSize: number;
  readonly damage: string | undefined;
}

async function openParts(
  { signingKeyFile, dir }: AuditLogOptions,
  {
    lock,
    tail,
    file,
    origin,
  }: { lock: LogLock; tail: LogTail; file: CheckpointFile; origin: string },
): Promise<Found> {
  try {
    return await lock.hold(() => {
      const signer = openSigningKey(signingKeyFile, origin);
      const note = file.repair();
      const checkpoint =
        note === undefined ? undefined : readCheckpoint(NODE_PRIMITIVES, signer.key, note);
      const signed = typeof checkpoint === 'object' ? checkpoint : undefined;
      const seen: { isContradicted: boolean; unsignedSince?: string } = { isContradicted: false };
      const damage = tail.open((size) => {
        if (size > (signed?.size ?? 0)) seen.unsignedSince ??= tail.lastTs;
        if (signed?.size === size) seen.isContradicted = !equal(signed.root, tail.root());
      });
      return {
        signer,
        checkpoint: note ?? null,
        signedSize: seen.isContradicted ? 0 : Math.min(signed?.size ?? 0, tail.size),
        damage:
          damage ??
          damageOf(checkpoint, tail.size, seen.isContradicted) ??
          unsignedFor(seen.unsignedSince, tail.lastTs),
      };
    });
  } catch (error) {
    lock.close();
    tail.close();
    if (error instanceof SigningKeyError) throw error;
    throw new AuditLogOpenError(
      `The audit log in ${dir} cannot be opened: ${writeFailure(error).message}. Mend that, or set audit.dir to another.`,
      { cause: error },
    );
  }
}

function damageOf(
  checkpoint: ReturnType<typeof readCheckpoint> | undefined,
  size: number,
  isContradicted: boolean,
): string | undefined {
  if (checkpoint === undefined) return undefined;
  if (typeof checkpoint === 'string') return 'its last checkpoint is not one of this log and key';
  if (checkpoint.size > size) {
    return `${checkpoint.size} records were signed, but only ${size} are there`;
  }
  return isContradicted
    ? `its first ${checkpoint.size} records are not those that were signed`
    : undefined;
}

/** Before they are signed it must be said that they were not, for longer than a server would leave them so. */
function unsignedFor(since: string | undefined, until: string): string | undefined {
  if (since === undefined || Date.parse(until) - Date.parse(since) <= UNSIGNED_MAX_MS)
    return undefined;
  return `no checkpoint vouches for what was recorded from ${since} to ${until}`;
}

/** Whoever else may write to the directory could put other files in the log's place. */
function prepareDir(files: LogFiles, dir: string): void {
  let mode: number;
  try {
    files.makeDir(dir);
    mode = statSync(dir).mode;
  } catch (error) {
    throw new AuditLogOpenError(
      `The directory of the audit log, ${dir}, cannot be used: ${writeFailure(error).message}. Set audit.dir to another.`,
      { cause: error },
    );
  }
  if ((mode & 0o022) !== 0) {
    throw new AuditLogOpenError(
      `Others may write to ${dir}, the directory of the audit log. Take their permission (chmod go-w ${dir}).`,
    );
  }
}
