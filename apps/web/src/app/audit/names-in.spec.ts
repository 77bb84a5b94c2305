import { fakeRecord } from './fake-records';
import { namesIn } from './names-in';

describe(namesIn.name, () => {
  it('has each name once, sorted, and so many at most', () => {
    const records = ['b', 'a', 'b', ''].map((name, seq) => fakeRecord(seq, { target: { name } }));
    expect(namesIn(records, ({ target }) => target?.['name'])).toEqual(['a', 'b']);
    const many = Array.from({ length: 500 }, (_, seq) => fakeRecord(seq));
    expect(namesIn(many, ({ seq }) => String(seq))).toHaveLength(50);
  });
});
