import type { IncomingHttpHeaders } from 'node:http';
import type { BigIntStats } from 'node:fs';
import { dateOf } from '../file-times.js';

/** What tells one state of a file from another. */
export interface Validators {
  /** Strong: another inode, size or time of change in nanoseconds is another file. */
  readonly etag: string;
  /** An HTTP date. */
  readonly lastModified: string;
}

export function validatorsOf({ ino, size, mtimeNs, ctimeNs, mtimeMs }: BigIntStats): Validators {
  const parts = [ino, size, mtimeNs, ctimeNs].map((part) => part.toString(16));
  return { etag: `"${parts.join('-')}"`, lastModified: dateOf(mtimeMs).toUTCString() };
}

/** Whether the client has this state already (RFC 9110 §13.1.2, §13.1.3): then 304. */
export function isUnchanged(
  headers: IncomingHttpHeaders,
  { etag, lastModified }: Validators,
): boolean {
  const known = headers['if-none-match'];
  if (known !== undefined) {
    const tags = known.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    return tags.includes('*') || tags.includes(etag);
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return Date.parse(lastModified) <= since;
}

/**
 * Whether a range is of the state that the client has a part of (RFC 9110 §13.1.5). Where not, it gets the whole. A
 * date counts only as written: two states of one second would have the same.
 */
export function isRangeOfThis(headers: IncomingHttpHeaders, { etag }: Validators): boolean {
  const condition = headers['if-range'];
  return typeof condition !== 'string' || condition.trim() === etag;
}
