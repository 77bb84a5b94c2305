import { linkTarget } from './links';

describe(linkTarget.name, () => {
  it.each(['https://example.org/a?b#c', 'http://example.org/', 'mailto:ana@example.org'])(
    'allows %s',
    (uri) => {
      expect(linkTarget(uri)?.href).toBe(uri);
    },
  );

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    'blob:https://example.org/1',
    'ssh://host',
    '/relative',
    '',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
  ])('refuses %j', (uri) => {
    expect(linkTarget(uri)).toBeNull();
  });
});
