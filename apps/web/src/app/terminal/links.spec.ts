import { TestBed } from '@angular/core/testing';
import { Links, linkTarget } from './links';

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

describe(Links.name, () => {
  it('asks about what may be opened, and about nothing else', () => {
    const links = TestBed.inject(Links);

    links.ask('https://example.org/a');
    expect(links.asked()?.href).toBe('https://example.org/a');
    links.ask('javascript:alert(1)');
    expect(links.asked()).toBeNull();
  });
});
