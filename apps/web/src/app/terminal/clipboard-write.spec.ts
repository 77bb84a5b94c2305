import { CLIPBOARD_BASE64_MAX, clipboardWrite } from './clipboard-write';

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

describe(clipboardWrite.name, () => {
  it.each(['c', '', 'p', 's', 'pc'])('reads a text for selection %j', (selection) => {
    expect(clipboardWrite(`${selection};${base64('grüße 日本\n')}`)).toBe('grüße 日本\n');
  });

  it.each([
    ['a question', 'c;?'],
    ['clearing', 'c;'],
    ['a cut buffer', `0;${base64('x')}`],
    ['no base64', 'c;%%%'],
    ['half of base64', 'c;QQ==='],
    ['a length of base64 that cannot be', 'c;A'],
    ['bytes that are no text', `c;${Buffer.from([0xff, 0xfe]).toString('base64')}`],
    ['too much', `c;${'A'.repeat(CLIPBOARD_BASE64_MAX + 4)}`],
    ['nothing', ''],
  ])('refuses %s', (_what, data) => {
    expect(clipboardWrite(data)).toBeNull();
  });
});
