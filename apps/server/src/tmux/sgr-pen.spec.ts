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
    ['a default colour', [`${ESC}[31mred${ESC}[39m`], `${ESC}[31m${ESC}[39m`],
    ['other sequences', [`${ESC}[5Cx${ESC}]8;;http://m\u0007link`], ''],
  ])('follows %s', (_name, rows, expected) => {
    expect(after(...rows)).toBe(expected);
  });
});
