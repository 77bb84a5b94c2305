import { CALM_MAX_MS, CALM_MS, CALM_ROWS, CalmWatch, type Movement } from './calm-watch.js';

const rows = (...texts: string[]): Movement['rows'] => texts.map((text) => Buffer.from(text));
const still: Movement = { historySize: 100, rows: rows('a', 'b', 'c', 'd', '$ ') };

/** Looks every 10 ms from `from` on until the flood is over; how long that took. */
function timeUntilCalm(watch: CalmWatch, from: number, look = (): Movement => still): number {
  for (let ms = 0; ms < 10_000; ms += 10) if (watch.seen(look(), from + ms)) return ms;
  return Infinity;
}

describe(CalmWatch.name, () => {
  it('is over when nothing moved for a while', () => {
    const watch = new CalmWatch();
    watch.begin(0);
    expect(timeUntilCalm(watch, 0)).toBe(CALM_MS);
  });

  it('is not over while the screen moves', () => {
    const watch = new CalmWatch();
    watch.begin(0);
    let count = 0;
    const moving = (): Movement => {
      count += 1;
      return { historySize: 100, rows: rows(...'abcd'.split('').map((c) => `${c}${count}`)) };
    };
    expect(timeUntilCalm(watch, 0, moving)).toBe(Infinity);
  });

  it('is not over while the same line scrolls by, also when the history is full and shrinks', () => {
    const watch = new CalmWatch();
    watch.begin(0);
    let historySize = 2000;
    const scrolling = (): Movement => {
      historySize = historySize > 1900 ? 1800 : historySize + 50;
      return { ...still, historySize };
    };
    expect(timeUntilCalm(watch, 0, scrolling)).toBe(Infinity);
  });

  it('takes typing and a prompt for calm', () => {
    const watch = new CalmWatch();
    watch.begin(0);
    let typed = '';
    const typing = (): Movement => {
      typed += 'x';
      return {
        historySize: 100 + typed.length * CALM_ROWS,
        rows: rows('a', 'b', 'c', 'd', `$ ${typed}`),
      };
    };
    expect(timeUntilCalm(watch, 0, typing)).toBe(CALM_MS);
  });

  it('asks for longer calm of a pane that floods again and again, and forgets that', () => {
    const watch = new CalmWatch();
    const times: number[] = [];
    let now = 0;
    for (let index = 0; index < 7; index += 1) {
      watch.begin(now);
      times.push(timeUntilCalm(watch, now));
      now += (times.at(-1) ?? 0) + 1000;
    }
    expect(times).toEqual([120, 240, 480, 960, 1920, CALM_MAX_MS, CALM_MAX_MS]);
    watch.begin(now + 60_000);
    expect(timeUntilCalm(watch, now + 60_000)).toBe(CALM_MS);
  });
});
