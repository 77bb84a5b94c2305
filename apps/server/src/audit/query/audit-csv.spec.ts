import type { AuditRecord } from '#audit-log';
import { auditRecord } from '../../testing/audit-files.js';
import { CSV_HEADER, csvRow } from './audit-csv.js';

/** Reads one row as RFC 4180 says, and is strict about it. */
function parseRow(row: string): readonly string[] {
  if (!row.endsWith('\r\n')) throw new Error('no line end');
  const cells: string[] = [];
  let rest = `${row.slice(0, -2)},`;
  while (rest !== '') {
    const [whole, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*)),/.exec(rest) ?? [];
    if (whole === undefined) throw new Error(`no cell: ${rest}`);
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    rest = rest.slice(whole.length);
  }
  return cells;
}

const names = parseRow(CSV_HEADER);

function cellsOf(rest: Partial<AuditRecord>): Readonly<Record<string, string>> {
  const cells = parseRow(csvRow(auditRecord(7, rest)));
  expect(cells).toHaveLength(names.length);
  return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
}

const actor = { name: 'ana', role: null, credential: null, method: null, address: null };

describe(csvRow.name, () => {
  it('gives each field its column', () => {
    expect(
      cellsOf({
        target: { session: 'main', pane: '%1' },
        params: { bytes: 3 },
        decision: 'denied',
        rule: 'no-shell',
        reason: 'policy-denied: no',
        intent: 5,
        outcome: 'failed',
        latencyUs: 12,
      }),
    ).toMatchObject({
      seq: '7',
      actor: 'ana',
      role: 'admin',
      address: '::1',
      action: 'test.act',
      session: 'main',
      target: '{"session":"main","pane":"%1"}',
      params: '{"bytes":3}',
      decision: 'denied',
      rule: 'no-shell',
      reason: 'policy-denied: no',
      intent: '5',
      outcome: 'failed',
      latencyUs: '12',
      correlationId: '',
    });
  });

  it.each(['a,b', '"', 'a"b', '""', ' a', 'a ', ',', '","', '"\r\n"'])('quotes %j', (text) => {
    const expected = text.replace('\r\n', '\\u{d}\\u{a}');
    expect(cellsOf({ reason: text })['reason']).toBe(expected);
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u00a0=1',
    '＝1',
    '=cmd|" /C calc"!A0',
  ])('lets no spreadsheet run %j', (text) => {
    const reason = cellsOf({ reason: text })['reason']!;
    expect(reason.startsWith("'")).toBe(true);
    expect(cellsOf({ actor: { ...actor, name: text } })['actor']).toBe(reason);
  });

  it('[K15] keeps a record in one row that nobody can end', () => {
    const hostile = 'x\n{"seq":99}\r\n\u001b[2J\u0085\u2028\u202e\0';
    const row = csvRow(auditRecord(1, { reason: hostile, actor: { ...actor, name: hostile } }));
    expect(row.slice(0, -2)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(cellsOf({ reason: hostile })['reason']).toBe(
      'x\\u{a}{"seq":99}\\u{d}\\u{a}\\u{1b}[2J\\u{85}\\u{2028}\\u{202e}\\u{0}',
    );
  });
});
