import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditLines, writeSegment } from '../../testing/audit-files.js';
import { readAuditFilter } from './audit-filter.js';
import { PAGE_SCAN_MAX_BYTES, readPage } from './audit-page.js';
import { AuditReader } from './audit-reader.js';
import { upTo } from './scan-budget.js';

const LOG_BYTES = 112 * 1024 * 1024;
/** Half of what the log alone would be in memory. */
const GROWTH_MAX_BYTES = LOG_BYTES / 2;
const BATCH = 20_000;

let dir: string;
let lastSeq = 0;

/** One segment: what a whole one in memory would be. */
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-audit-'));
  let path: string | undefined;
  for (let bytes = 0; bytes < LOG_BYTES; lastSeq += BATCH) {
    const lines = auditLines(lastSeq + 1, lastSeq + BATCH, {
      action: 'tmux.command',
      target: { session: 'main', pane: '%1' },
      params: { command: 'send-keys -t main ls Enter' },
    });
    if (path === undefined) path = writeSegment(dir, 1, lines);
    else appendFileSync(path, lines);
    bytes += lines.length;
  }
}, 60_000);

afterAll(() => {
  rmSync(dir, { recursive: true });
});

describe('a large log', () => {
  it('is searched page by page in bounded memory', async () => {
    const reader = new AuditReader(dir);
    const filter = readAuditFilter({ q: 'nowhere' });
    await readPage(reader, { filter: {}, limit: 500 });
    const before = process.memoryUsage().rss;
    let peak = before;
    let pages = 0;
    for (let next: number | null = lastSeq + 1; next !== null; pages += 1) {
      let read = 0;
      const budget = upTo(PAGE_SCAN_MAX_BYTES);
      const request = { filter, limit: 100, before: next };
      const page = await readPage(reader, request, {
        take: (bytes) => {
          peak = Math.max(peak, process.memoryUsage.rss());
          if (!budget.take(bytes)) return false;
          read += bytes;
          return true;
        },
      });
      expect(page.records).toEqual([]);
      expect(read).toBeLessThanOrEqual(PAGE_SCAN_MAX_BYTES);
      next = page.next;
    }
    expect(pages).toBe(Math.ceil(LOG_BYTES / PAGE_SCAN_MAX_BYTES));
    expect(peak - before).toBeLessThan(GROWTH_MAX_BYTES);
  }, 120_000);

  it('gives a page of its middle without reading up to there', async () => {
    const middle = Math.floor(lastSeq / 2);
    let blocks = 0;
    const page = await readPage(
      new AuditReader(dir),
      { filter: {}, limit: 100, before: middle },
      { take: () => ++blocks > 0 },
    );
    expect(page.records.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 100 }, (_, at) => middle - 1 - at),
    );
    expect(blocks).toBe(1);
  });
});
