import type { RecordFinding } from './audit-line.js';
import { CSV_HEADER, csvRow } from './audit-csv.js';
import { type AuditFilter, matches } from './audit-filter.js';
import type { AuditReader } from './audit-reader.js';
import type { ScanBudget } from './scan-budget.js';

export const EXPORT_FORMATS = ['jsonl', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Bytes that are gathered before they are handed on. */
const CHUNK_BYTES = 64 * 1024;

export interface ExportRequest {
  readonly format: ExportFormat;
  readonly filter: AuditFilter;
  readonly budget: ScanBudget;
}

/** How much was exported; grows while it is. */
export interface ExportCount {
  records: number;
  bytes: number;
  /** Lines that were no records, and are left out. */
  damaged: number;
}

const LINE_FEED = Buffer.from('\n');

/**
 * The records that fit, the oldest first. Lines of `jsonl` are byte for byte those of the log, so that their
 * hashes can be checked.
 */
export async function* exportChunks(
  reader: AuditReader,
  { format, filter, budget }: ExportRequest,
  count: ExportCount,
): AsyncGenerator<Buffer, void, undefined> {
  let parts: Buffer[] = format === 'csv' ? [Buffer.from(CSV_HEADER)] : [];
  let length = 0;
  for await (const finding of reader.forward({ budget })) {
    if (finding.kind === 'damaged') {
      count.damaged += 1;
      continue;
    }
    if (!matches(finding.record, filter)) continue;
    const row = rowOf(finding, format);
    parts.push(row);
    length += row.length;
    count.records += 1;
    if (length < CHUNK_BYTES) continue;
    count.bytes += length;
    yield Buffer.concat(parts);
    parts = [];
    length = 0;
  }
  count.bytes += length;
  if (parts.length > 0) yield Buffer.concat(parts);
}

function rowOf({ record, line }: RecordFinding, format: ExportFormat): Buffer {
  return format === 'csv' ? Buffer.from(csvRow(record)) : Buffer.concat([line, LINE_FEED]);
}
