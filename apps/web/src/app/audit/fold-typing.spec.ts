import type { AuditRecordView } from '#dto';
import { fakeRecord } from './fake-records';
import { foldTyping, PAUSE_MAX_MS } from './fold-typing';
import { toRows } from './rows';

const BEGIN = Date.UTC(2026, 0, 1);

function keys(seq: number, some: Partial<AuditRecordView> = {}): AuditRecordView {
  return fakeRecord(seq, {
    ts: new Date(BEGIN + seq * 1_000).toISOString(),
    action: 'input.keys',
    decision: 'allowed',
    target: { session: 'work', pane: '%1' },
    params: { bytes: 2 },
    ...some,
  });
}

const keysOf = (...records: readonly AuditRecordView[]): (readonly number[])[] =>
  foldTyping(toRows(records, false)).map(({ record, folded }) =>
    (folded.length > 0 ? folded : [record]).map(({ seq }) => seq),
  );

describe(foldTyping.name, () => {
  it('makes one row of typing, known by where it began', () => {
    expect(keysOf(keys(9), keys(8), keys(7))).toEqual([[9, 8, 7]]);
    const [row] = foldTyping(toRows([keys(9), keys(8), keys(7)], false));
    expect(row).toMatchObject({ key: 7, record: { seq: 9 } });
  });

  it('ends where something else was done', () => {
    expect(keysOf(keys(9), fakeRecord(8), keys(7), keys(6))).toEqual([[9], [8], [7, 6]]);
  });

  it.each([
    ['another pane', { target: { session: 'work', pane: '%2' } }],
    ['another person', { actor: { ...keys(1).actor, name: 'bob' } }],
    ['another sign-in', { actor: { ...keys(1).actor, credential: 'sign-in:2' } }],
    ['after a pause', { ts: new Date(BEGIN + 9_000 - PAUSE_MAX_MS - 1).toISOString() }],
    ['a paste', { action: 'input.paste' }],
    ['refused', { decision: 'denied' as const }],
  ])('keeps apart: %s', (_, some) => {
    expect(keysOf(keys(9), keys(8, some))).toEqual([[9], [8]]);
  });

  it('keeps what failed visible', () => {
    const failed = keys(6, { intent: 5, outcome: 'failed' });
    expect(keysOf(keys(7), failed, keys(5), keys(4))).toEqual([[7], [5], [4]]);
  });
});
