import { SgrPen } from './sgr-pen.js';

const ESC = '\u001b';

function after(...rows: string[]): string {
  const pen = new SgrPen();
  for (const row of rows) pen.follow(row);
  return pen.sequences;
}

describe(SgrPen.name, () => {
  it.each([
    ['no attributes', ['plain'], ''],
    ['a colour', [`${ESC}[31mred`], `${ESC}[31m`],
    ['what runs on over rows', [`${ESC}[31mred`, 'still'], `${ESC}[31m`],
    ['what is added', [`${ESC}[31mred${ESC}[1mbold`], `${ESC}[31m${ESC}[1m`],
    ['a reset', [`${ESC}[31mred${ESC}[0m`], ''],
    ['a reset without a number', [`${ESC}[31mred${ESC}[m`], ''],
    ['a reset with what follows it', [`${ESC}[31;1mred${ESC}[0;4mline`], `${ESC}[0;4m`],
    ['colours with colons', [`${ESC}[38:2::1:2:3mx`], `${ESC}[38:2::1:2:3m`],
    ['line graphics', ['\u000elqk'], '\u000e'],
    ['graphics and attributes', [`${ESC}[31m\u000elqk`], `${ESC}[31m\u000e`],
    ['the end of graphics', ['\u000elqk\u000f x'], ''],
    ['a reset inside graphics', [`${ESC}[31m\u000el${ESC}[0m`], '\u000e'],
    ['a default colour', [`${ESC}[31mred${ESC}[39m`], `${ESC}[39m`],
    ['a colour after another', [`${ESC}[31m${ESC}[1mr${ESC}[38;5;9mx`], `${ESC}[1m${ESC}[38;5;9m`],
    ['grounds apart', [`${ESC}[91m${ESC}[44m${ESC}[101mx`], `${ESC}[91m${ESC}[101m`],
    [
      'underlines and their colour',
      [`${ESC}[4:3m${ESC}[58:5:1m${ESC}[59mx`],
      `${ESC}[4:3m${ESC}[59m`,
    ],
    ['other sequences', [`${ESC}[5Cx${ESC}]8;;http://m\u0007link`], ''],
  ])('follows %s', (_name, rows, expected) => {
    expect(after(...rows)).toBe(expected);
  });

  it('keeps no more of a colour in every cell than of one', () => {
    const pen = new SgrPen();
    for (let cell = 0; cell < 100_000; cell++) {
      const colour = `${String(cell & 255)};${String(cell >> 8)};7m`;
      pen.follow(`${ESC}[38;2;${colour}${ESC}[48;2;${colour}x`);
    }
    expect(pen.sequences).toBe(`${ESC}[38;2;159;390;7m${ESC}[48;2;159;390;7m`);
  });
});
