import { MarkLimit } from './mark-limit';

const ACUTE = '\u0301';

function filterAll(...pieces: readonly string[]): string {
  const limit = new MarkLimit();
  return pieces.map((piece) => limit.filter(piece)).join('');
}

describe(MarkLimit.name, () => {
  it.each([
    'plain text\r\n\x1b[31mred\x1b[0m',
    `e${ACUTE}a\u0308`,
    '日本語 한국어 हिन्दी ภาษาไทย',
    '👨\u200d👩\u200d👧\u200d👦 👍🏽 ❤\ufe0f',
    `a\x1b[1m${ACUTE}\x1b[0m`,
  ])('leaves %j alone', (text) => {
    expect(filterAll(text)).toBe(text);
  });

  it('joins what comes in the next piece', () => {
    expect(filterAll('e', ACUTE)).toBe(`e${ACUTE}`);
    expect(filterAll('日', ACUTE)).toBe(`日${ACUTE}`);
  });

  it('bounds the marks of a cell, however they come', () => {
    const bounded = `a${ACUTE.repeat(16)}`;
    expect(filterAll(`a${ACUTE.repeat(100_000)}b`)).toBe(`${bounded}b`);
    expect(filterAll('a', ...Array.from({ length: 100 }, () => ACUTE))).toBe(bounded);
    const coloured = filterAll(`a${`\x1b[1m${ACUTE}`.repeat(100)}`);
    expect(coloured.replaceAll('\x1b[1m', '')).toBe(bounded);
    expect(filterAll(`👨${'\u200d👩'.repeat(100)}`)).not.toMatch(/(?:\u200d👩){9}/u);
  });

  it('lets no marks pile up by going back to a cell', () => {
    const back = `b\r\x1b[C${ACUTE}`;
    expect(filterAll(`a${back.repeat(100)}`).includes(ACUTE)).toBe(false);
    expect(filterAll('a', ...Array.from({ length: 10 }, () => back)).includes(ACUTE)).toBe(false);
    expect(filterAll('b\x1b[5C', ACUTE)).toBe('b\x1b[5C');
  });
});
