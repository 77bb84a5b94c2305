import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidRequestError } from '../../http/app-error.js';
import { auditLine, auditLines, writeSegment } from '../../testing/audit-files.js';
import { type AuditFilter, readAuditFilter } from './audit-filter.js';
import { PAGE_LIMIT_DEFAULT, PAGE_MAX_BYTES, readPage, readPageBounds } from './audit-page.js';
import { AuditReader } from './audit-reader.js';
import { BLOCK_BYTES } from './log-line.js';
import { upTo } from './scan-budget.js';

let dir: string;
let reader: AuditReader;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-audit-'));
  reader = new AuditReader(dir);
});

afterEach(() => {
  rmSync(dir, { recursive: true });
});

/** Numbers of all pages, as a client goes through them. */
async function pages(filter: AuditFilter, limit: number, scanBytes?: number): Promise<number[][]> {
  const all: number[][] = [];
  let before: number | undefined;
  for (;;) {
    const request = { filter, limit, ...(before === undefined ? {} : { before }) };
    const budget = scanBytes === undefined ? undefined : upTo(scanBytes);
    const { records, next } = await readPage(reader, request, budget);
    all.push(records.map(({ seq }) => seq));
    if (next === null) return all;
    expect(next).toBeLessThan(before ?? Infinity);
    before = next;
  }
}

describe(readPage.name, () => {
  it('gives each record once, over segments', async () => {
    writeSegment(dir, 1, auditLines(1, 4));
    writeSegment(dir, 5, auditLines(5, 7));
    expect(await pages({}, 3)).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
    expect(await pages({}, 7)).toEqual([[7, 6, 5, 4, 3, 2, 1]]);
  });

  it('gives only what fits', async () => {
    writeSegment(
      dir,
      1,
      auditLines(1, 4) + auditLine(5, { action: 'file.read' }) + auditLines(6, 9),
    );
    expect(await pages(readAuditFilter({ action: 'file.*' }), 5)).toEqual([[5]]);
    expect(await pages(readAuditFilter({ actor: 'nobody' }), 5)).toEqual([[]]);
  });

  it('gives what it has after so much of the log, and goes on there', async () => {
    writeSegment(dir, 1, auditLine(1, { action: 'file.read' }) + auditLines(2, 3000));
    writeSegment(dir, 3001, auditLines(3001, 3010) + auditLine(3011, { action: 'file.read' }));
    const found = await pages(readAuditFilter({ action: 'file.*' }), 5, 2 * BLOCK_BYTES);
    expect(found.length).toBeGreaterThan(3);
    expect(found[0]).toEqual([3011]);
    expect(found.flat()).toEqual([3011, 1]);
    expect((await pages({}, 500, 2 * BLOCK_BYTES)).flat()).toHaveLength(3011);
  });

  it('ends early when its records are long', async () => {
    const reason = 'x'.repeat(60_000);
    writeSegment(dir, 1, auditLines(1, 80, { reason }));
    const { records, next } = await readPage(reader, { filter: {}, limit: 500 });
    expect(records.length).toBe(Math.ceil(PAGE_MAX_BYTES / (auditLine(1, { reason }).length - 1)));
    expect(next).toBe(81 - records.length);
  });

  it('counts what is damaged', async () => {
    writeSegment(dir, 1, `${auditLine(1)}x\n\n${auditLine(2)}`);
    expect(await readPage(reader, { filter: {}, limit: 5 })).toMatchObject({ damaged: 2 });
  });
});

describe(readPageBounds.name, () => {
  it('reads what is there', () => {
    expect(readPageBounds({})).toEqual({ limit: PAGE_LIMIT_DEFAULT });
    expect(readPageBounds({ before: '12', limit: '500' })).toEqual({ before: 12, limit: 500 });
  });

  it.each([
    ['limit', '0'],
    ['limit', '501'],
    ['limit', '1e2'],
    ['limit', ''],
    ['before', '0'],
    ['before', '-1'],
    ['before', '9007199254740992'],
    ['before', '99999999999999999999'],
    ['before', ['1', '2']],
  ])('refuses %s=%j', (name, value) => {
    expect(() => readPageBounds({ [name]: value })).toThrow(InvalidRequestError);
  });
});
