import { fakePair, fakeRecord } from './fake-records';
import { otherHalves, stretchesOfMissing } from './missing-halves';

const SIZE = 10_000;

describe(stretchesOfMissing.name, () => {
  it('wants nothing where both halves are there', () => {
    const pair = fakePair(5);
    expect(stretchesOfMissing(pair, pair, SIZE)).toEqual([]);
  });

  it('asks for an intent by its number, and for an outcome right after its intent', () => {
    const [, outcome] = fakePair(5);
    const [intent] = fakePair(9_000);

    expect(stretchesOfMissing([outcome], [outcome], SIZE)).toEqual([{ before: 6, limit: 1 }]);
    expect(stretchesOfMissing([intent], [intent], SIZE)).toEqual([{ before: 9_041, limit: 40 }]);
    expect(stretchesOfMissing([intent], [intent], 9_003)).toEqual([{ before: 9_004, limit: 3 }]);
    expect(stretchesOfMissing([intent], [intent], 9_000)).toEqual([]);
  });

  it('asks once for those that stand close together, and never for more than a page', () => {
    const close = [100, 200, 300].map((seq) => fakePair(seq)[1]);
    const far = fakePair(5_000)[1];

    expect(stretchesOfMissing([...close, far], [...close, far], SIZE)).toEqual([
      { before: 5_001, limit: 1 },
      { before: 301, limit: 201 },
    ]);
    const spread = Array.from({ length: 100 }, (_, index) => fakePair(index * 40 + 1)[0]);
    const stretches = stretchesOfMissing(spread, spread, SIZE);
    expect(Math.max(...stretches.map(({ limit }) => limit))).toBeLessThanOrEqual(500);
  });
});

describe(otherHalves.name, () => {
  it('takes only what belongs to a record that is there', () => {
    const [intent, outcome] = fakePair(5);
    const found = [outcome, intent, fakeRecord(7), ...fakePair(8)];

    expect(otherHalves([outcome], found)).toEqual([intent]);
    expect(otherHalves([intent], found)).toEqual([outcome]);
  });
});
