import { isUtf8 } from 'node:buffer';
import type { AuditEntry } from '#audit-log';

/** A path as records name it. */
export function fileTarget(path: Buffer): NonNullable<AuditEntry['target']> {
  const text = path.toString('utf8');
  return isUtf8(path) ? { path: text } : { path: text, path64: path.toString('base64url') };
}
