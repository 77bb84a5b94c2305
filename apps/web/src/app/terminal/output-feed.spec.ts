import { LAG_MAX_MS, OutputFeed } from './output-feed';

/** A terminal that parses when it is told to. */
function createFeed() {
  const written: string[] = [];
  const callbacks: (() => void)[] = [];
  let now = 0;
  const terminal = {
    write: (data: string | Uint8Array, callback?: () => void) => {
      written.push(String(data));
      callbacks.push(callback ?? (() => undefined));
    },
  };
  const feed = new OutputFeed(terminal, () => now);
  const answers: boolean[] = [];
  return {
    feed,
    written,
    answers,
    answer: (isDrawn = true) => answers.push(isDrawn),
    /** Parses what the terminal was given, `ms` long each. */
    parse: (pieces: number, ms = 0) => {
      for (let i = 0; i < pieces; i++) {
        now += ms;
        callbacks.shift()?.();
      }
    },
  };
}

describe(OutputFeed.name, () => {
  it('hands output over in small pieces, one at a time', () => {
    const { feed, written, answers, answer, parse } = createFeed();
    feed.write('a'.repeat(2500), answer);
    feed.write('b', answer);
    expect(written.map((piece) => piece.length)).toEqual([1024]);
    parse(2);
    expect(answers).toEqual([]);
    parse(2);
    expect(written.join('')).toBe(`${'a'.repeat(2500)}b`);
    expect(answers).toEqual([true, true]);
  });

  it('draws a seed in one go, and instead of what waits', () => {
    const { feed, written, answers, answer, parse } = createFeed();
    feed.write('a'.repeat(2500), answer);
    feed.write('b', answer);
    feed.replace('s'.repeat(5000), answer);
    expect(answers).toEqual([true, true]);
    parse(2);
    expect(written.map((piece) => piece.length)).toEqual([1024, 5000]);
    expect(answers).toEqual([true, true, true]);
  });

  it('draws a frame in one go, instead of output and frames that wait, and never of a seed', () => {
    const { feed, written, answers, answer, parse } = createFeed();
    feed.write('a'.repeat(2500), answer);
    feed.replace('s'.repeat(5000), answer);
    feed.write('b', answer);
    feed.overdraw('f'.repeat(3000), answer);
    feed.overdraw('g'.repeat(3000), answer);
    parse(4, LAG_MAX_MS + 1);
    expect(written.map((piece) => piece.length)).toEqual([1024, 5000, 3000]);
    expect(written.at(-1)).toContain('g');
    expect(answers).toEqual([true, true, true, true, true]);
  });

  it('leaves out what waits when the terminal is too slow, and goes on with what comes next', () => {
    const { feed, written, answers, answer, parse } = createFeed();
    feed.write('a'.repeat(4000), answer);
    feed.write('b', answer);
    parse(1, LAG_MAX_MS + 1);
    expect(answers).toEqual([false, false]);
    feed.replace('seed', answer);
    parse(1);
    expect(written).toEqual(['a'.repeat(1024), 'seed']);
    expect(answers).toEqual([false, false, true]);
  });

  it('does not count the time of a seed', () => {
    const { feed, answers, answer, parse } = createFeed();
    feed.replace('seed', answer);
    feed.write('a', answer);
    parse(1, LAG_MAX_MS + 1);
    parse(1);
    expect(answers).toEqual([true, true]);
  });

  it('draws everything in the background, where timers are rare', () => {
    const visibility = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const { feed, answers, answer, parse } = createFeed();
    feed.write('a'.repeat(2000), answer);
    parse(2, LAG_MAX_MS + 1);
    expect(answers).toEqual([true]);
    visibility.mockRestore();
  });

  it('lets nobody wait when it ends', () => {
    const { feed, answers, answer, parse } = createFeed();
    feed.write('a', answer);
    feed.replace('b', answer);
    feed.dispose();
    parse(1);
    expect(answers).toEqual([true, true]);
  });
});
