import { join } from 'node:path';
import { parseVerifierKey, type Verification, type VerifierKey } from '#audit-log';
import type { AuditLog } from '../audit/log/audit-log.js';
import { NODE_PRIMITIVES } from '../audit/log/node-primitives.js';
import { type AuditLogOptions, openAuditLog } from '../audit/log/open-audit-log.js';
import { verifyLog } from '../audit/log/verify-log.js';

/** An audit log below a directory of one's own. */
export interface TestLog {
  readonly log: AuditLog;
  /** Of the log's files. */
  readonly dir: string;
  readonly key: VerifierKey;
  /** Looks at what is on the disk by now. */
  verify(checkpoints?: readonly string[]): Verification;
}

/** Opens the log below `dir`, which may have been opened before. */
export async function openTestLog(
  dir: string,
  options: Partial<AuditLogOptions> = {},
): Promise<TestLog> {
  const logDir = join(dir, 'log');
  const log = await openAuditLog({
    dir: logDir,
    signingKeyFile: join(dir, 'key.pem'),
    sync: 'group',
    segmentBytes: 16 * 1024 * 1024,
    keepDays: 0,
    stopFreeMiB: 0,
    checkpointSeconds: 3600,
    version: 'test',
    host: 'box',
    ...options,
  });
  const key = parseVerifierKey(NODE_PRIMITIVES, log.status.publicKey);
  if (key === undefined) throw new Error('the log has no key');
  return { log, dir: logDir, key, verify: (files) => verifyLog(logDir, key, files) };
}
