import { LookRhythm } from './look-rhythm.js';

/** Which of the next intervals are due. */
const next = (rhythm: LookRhythm, count: number): boolean[] =>
  Array.from({ length: count }, () => rhythm.isDue());

describe(LookRhythm.name, () => {
  it('is due at every interval while something is printed', () => {
    const rhythm = new LookRhythm();
    for (let interval = 0; interval < 7; interval += 1) {
      rhythm.heardOutput();
      expect(rhythm.isDue()).toBe(true);
    }
  });

  it('is due once more after output, and then at every fifth', () => {
    const rhythm = new LookRhythm();
    rhythm.heardOutput();
    rhythm.isDue();
    expect(next(rhythm, 10)).toEqual([
      ...[true, false, false, false, true],
      ...[false, false, false, false, true],
    ]);
  });
});
