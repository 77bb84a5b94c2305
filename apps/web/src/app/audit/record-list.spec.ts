import { fakePage, fakeRecord } from './fake-records';
import { EMPTY_LIST, isFull, RECORDS_MAX, withNewer, withOlder } from './record-list';

const seqs = (list: { readonly records: readonly { readonly seq: number }[] }): number[] =>
  list.records.map(({ seq }) => seq);

describe('the records in memory', () => {
  it('grow by pages at the end and live at the beginning, each record once', () => {
    let list = withOlder(EMPTY_LIST, fakePage([fakeRecord(5), fakeRecord(4)], 4));
    list = withNewer(list, [fakeRecord(6), fakeRecord(5)]);
    list = withOlder(list, fakePage([fakeRecord(3), fakeRecord(4)], 3));

    expect(seqs(list)).toEqual([6, 5, 4, 3]);
    expect(list.next).toBe(3);
  });

  it('stay bounded: live ones push out the oldest, which can be loaded again', () => {
    const many = Array.from({ length: RECORDS_MAX }, (_, index) => fakeRecord(index + 10));
    const full = withOlder(EMPTY_LIST, fakePage(many, null));
    expect(isFull(full)).toBe(true);

    const list = withNewer(full, [fakeRecord(RECORDS_MAX + 10), fakeRecord(RECORDS_MAX + 11)]);

    expect(list.records).toHaveLength(RECORDS_MAX);
    expect(list.records[0]?.seq).toBe(RECORDS_MAX + 11);
    expect(list.records.at(-1)?.seq).toBe(12);
    expect(list.next).toBe(12);
  });
});
