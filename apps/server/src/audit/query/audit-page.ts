import type { AuditRecord } from '#audit-log';
import { InvalidRequestError } from '../../http/app-error.js';
import { singleQuery } from '../../http/single-query.js';
import { type AuditFilter, matches } from './audit-filter.js';
import type { AuditReader } from './audit-reader.js';
import { upTo } from './scan-budget.js';

export const PAGE_LIMIT_DEFAULT = 100;
export const PAGE_LIMIT_MAX = 500;

/** Most bytes of the log that are read for one page; then it is given as it is, and the next goes on. */
export const PAGE_SCAN_MAX_BYTES = 64 * 1024 * 1024;

/** Most bytes of records in a page, past which it ends early. */
export const PAGE_MAX_BYTES = 4 * 1024 * 1024;

export interface PageRequest {
  readonly filter: AuditFilter;
  /** Only records with a smaller `seq`. */
  readonly before?: number;
  readonly limit: number;
}

export interface AuditPage {
  /** The newest first. */
  readonly records: readonly AuditRecord[];
  /** What to pass as `before` for more; null: there is no more. */
  readonly next: number | null;
  /** Lines that were no records, on the way. */
  readonly damaged: number;
}

/** Reads `before` and `limit`. @throws InvalidRequestError */
export function readPageBounds(
  query: Readonly<Record<string, unknown>>,
): Omit<PageRequest, 'filter'> {
  const before = numberIn(query, 'before', Number.MAX_SAFE_INTEGER);
  const limit = numberIn(query, 'limit', PAGE_LIMIT_MAX);
  return { limit: limit ?? PAGE_LIMIT_DEFAULT, ...(before === undefined ? {} : { before }) };
}

/** Reads a whole number from 1 to `max`. @throws InvalidRequestError */
export function numberIn(
  query: Readonly<Record<string, unknown>>,
  name: string,
  max: number,
): number | undefined {
  const text = singleQuery(query, name);
  if (text === undefined) return undefined;
  const number = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : NaN;
  if (number <= max) return number;
  throw new InvalidRequestError(`'${name}' is a whole number from 1 to ${max}.`, {
    details: { parameter: name },
  });
}

/** Reads one page. */
export async function readPage(
  reader: AuditReader,
  { filter, before, limit }: PageRequest,
  budget = upTo(PAGE_SCAN_MAX_BYTES),
): Promise<AuditPage> {
  const records: AuditRecord[] = [];
  let bytes = 0;
  let damaged = 0;
  for await (const finding of reader.backward({ before, budget })) {
    if (finding.kind === 'spent') return { records, next: finding.before, damaged };
    if (finding.kind === 'damaged') {
      damaged += 1;
      continue;
    }
    const { record, line } = finding;
    if (!matches(record, filter)) continue;
    records.push(record);
    bytes += line.length;
    if (records.length >= limit || bytes >= PAGE_MAX_BYTES) {
      return { records, next: record.seq > 1 ? record.seq : null, damaged };
    }
  }
  return { records, next: null, damaged };
}
