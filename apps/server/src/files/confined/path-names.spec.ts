import { checkNewName, DEPTH_MAX, joinPath, NAME_MAX_BYTES, parsePath } from './path-names.js';

const parse = (path: string): unknown => {
  const { isAbsolute, names } = parsePath(Buffer.from(path));
  return [isAbsolute, ...names.map(String)];
};

describe(parsePath.name, () => {
  it.each<[string, unknown]>([
    ['/', [true]],
    ['/a', [true, 'a']],
    ['a/b', [false, 'a', 'b']],
    ['//a///b//', [true, 'a', 'b']],
    ['a/.../....', [false, 'a', '...', '....']],
    ['a b/ü', [false, 'a b', 'ü']],
  ])('takes %s apart', (path, names) => {
    expect(parse(path)).toEqual(names);
  });

  it('keeps bytes as they are', () => {
    const bytes = Buffer.from([0x2f, 0xff, 0xfe, 0x2f, 0x80]);
    expect(joinPath(parsePath(bytes).names).equals(bytes)).toBe(true);
  });

  it.each(['.', '..', 'a/./b', 'a/../b', '/..', '../../etc/passwd', 'a/..'])(
    '[D1] refuses %s',
    (path) => {
      expect(() => parse(path)).toThrow(
        expect.objectContaining({ reason: 'dot-segment' }) as Error,
      );
    },
  );

  it.each([
    ['nothing', ''],
    ['[D9] a NUL', 'a\0b'],
    ['a NUL before a way up', '\0/..'],
    ['a long name', 'x'.repeat(NAME_MAX_BYTES + 1)],
    ['a name of many bytes', 'ü'.repeat(128)],
    ['a long path', 'x/'.repeat(2_049)],
    ['a deep path', 'x/'.repeat(DEPTH_MAX + 1)],
  ])('refuses %s', (_what, path) => {
    expect(() => parse(path)).toThrow(
      expect.objectContaining({ code: 'invalid-request' }) as Error,
    );
  });

  it('takes what is just not too long', () => {
    expect(() => parse('x'.repeat(NAME_MAX_BYTES))).not.toThrow();
    expect(() => parse('x/'.repeat(DEPTH_MAX))).not.toThrow();
  });
});

describe(checkNewName.name, () => {
  it.each(['a/b', '/', '', '.', '..', 'a\0'])('refuses %j', (name) => {
    expect(() => checkNewName(Buffer.from(name))).toThrow();
  });

  it('takes others', () => {
    expect(String(checkNewName(Buffer.from('a b')))).toBe('a b');
  });
});
