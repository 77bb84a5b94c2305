import {
  childRef,
  crumbsOf,
  isWithin,
  parentPath,
  refKey,
  refQuery,
  relativePath,
} from './file-ref';

const base64url = (text: string): string => Buffer.from(text, 'latin1').toString('base64url');

describe('file references', () => {
  it('ask by path, each character that means something in a query escaped', () => {
    expect(refQuery({ path: '/a/b c&path=/etc#x' })).toBe('path=%2Fa%2Fb%20c%26path%3D%2Fetc%23x');
  });

  it('ask by bytes where the name is no UTF-8', () => {
    const path64 = base64url('/a/\xff');
    const child = childRef({ path: '/a' }, { name: '\ufffd', path64 });
    expect(child).toEqual({ path: '/a/\ufffd', path64 });
    expect(refQuery(child)).toBe(`path64=${path64}`);
  });

  it('know what lies below such a name by its bytes as well', () => {
    const directory = { path: '/a/\ufffd', path64: base64url('/a/\xff') };
    const child = childRef(directory, { name: 'ü' });
    expect(Buffer.from(child.path64!, 'base64url').toString('latin1')).toBe('/a/\xff/\xc3\xbc');
  });

  it('tell two names apart that look alike', () => {
    const keys = ['/a/\xfe', '/a/\xff'].map((path) =>
      refKey({ path: '/a/\ufffd', path64: base64url(path) }),
    );
    expect(new Set(keys).size).toBe(2);
  });

  it.each([
    ['/a/b', '/a'],
    ['/a', '/'],
    ['/', '/'],
  ])('%s lies in %s', (path, parent) => {
    expect(parentPath(path)).toBe(parent);
  });

  it('lie below a directory only by whole names', () => {
    expect(isWithin('/srv/app', '/srv/app')).toBe(true);
    expect(isWithin('/srv/app/x', '/srv/app')).toBe(true);
    expect(isWithin('/srv/apple', '/srv/app')).toBe(false);
    expect(isWithin('/x', '/')).toBe(true);
  });

  it('have crumbs from the root down', () => {
    expect(crumbsOf('/srv/app', '/srv/app/a/b')).toEqual([
      { name: 'app', path: '/srv/app' },
      { name: 'a', path: '/srv/app/a' },
      { name: 'b', path: '/srv/app/a/b' },
    ]);
    expect(crumbsOf('/', '/a')).toEqual([
      { name: '/', path: '/' },
      { name: 'a', path: '/a' },
    ]);
    expect(crumbsOf('/srv', '/etc')).toEqual([]);
  });

  it.each([
    ['/a/b', '/a/b/c/d', './c/d'],
    ['/a/b', '/a/x', '../x'],
    ['/a/b', '/a/b', '.'],
    ['/a/b', '/a/b/-rf', './-rf'],
    ['/', '/etc', './etc'],
    ['/a/b', '/', '../..'],
  ])('seen from %s, %s is %s', (from, path, relative) => {
    expect(relativePath(from, path)).toBe(relative);
  });
});
