import { FULL_ANONYMOUS, KINDS_MAX, RefusalTally } from './refusal-tally.js';

describe(RefusalTally.name, () => {
  const full = () => FULL_ANONYMOUS;

  it('[K23] records the first of a kind in full, counts the rest, and begins anew', () => {
    const tally = new RefusalTally<string>();
    const recorded = Array.from({ length: 50 }, (_, i) =>
      tally.count('a', FULL_ANONYMOUS, `a${i}`),
    );
    expect(recorded.filter(Boolean)).toHaveLength(FULL_ANONYMOUS);
    expect(tally.count('b', FULL_ANONYMOUS, 'b')).toBe(true);
    expect(tally.turn(full)).toEqual([{ first: 'a0', count: 50 - FULL_ANONYMOUS }]);
    expect(tally.count('a', FULL_ANONYMOUS, 'again')).toBe(true);
    expect(tally.turn(full)).toEqual([]);
  });

  it('[K23] knows so many kinds and no more', () => {
    const tally = new RefusalTally<number>();
    let recorded = 0;
    for (let i = 0; i < 3 * KINDS_MAX; i++) {
      if (tally.count(`kind ${i}`, FULL_ANONYMOUS, i)) recorded += 1;
    }
    expect(recorded).toBe(KINDS_MAX + FULL_ANONYMOUS);
    const counted = tally.turn(full).reduce((sum, { count }) => sum + count, 0);
    expect(recorded + counted).toBe(3 * KINDS_MAX);
  });
});
