import { parsePaneId, parseSessionId, parseWindowId } from './ids.js';

describe.each([
  ['$', parseSessionId],
  ['@', parseWindowId],
  ['%', parsePaneId],
])('ids that begin with %s', (sign, parse) => {
  it.each(['0', '7', '10', '4294967295'])('reads the number %s', (number) => {
    expect(parse(`${sign}${number}`)).toBe(`${sign}${number}`);
  });

  it.each(['', '00', '01', '-1', '+1', '1.0', '1 ', ' 1', '1\n', '0x1', '12345678901', '1;', '٣'])(
    'refuses the number %j',
    (number) => {
      expect(parse(`${sign}${number}`)).toBeUndefined();
    },
  );

  it('refuses a number alone and the other signs', () => {
    const others = ['', '$', '@', '%', '='].filter((other) => other !== sign);
    expect(others.map((other) => parse(`${other}1`))).toEqual(others.map(() => undefined));
  });
});
