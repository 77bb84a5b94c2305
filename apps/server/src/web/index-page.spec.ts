import { isApiPath, isHashed, isNavigation, withBaseHref } from './index-page.js';

describe(withBaseHref.name, () => {
  it.each([
    ['/', '<base href="/">'],
    ['/tmux', '<base href="/tmux/">'],
  ])('below %s writes %s', (basePath, base) => {
    expect(withBaseHref('<head><base href="./" /></head>', basePath)).toBe(`<head>${base}</head>`);
  });
});

describe(isNavigation.name, () => {
  it('is true for pages only', () => {
    expect(isNavigation('GET', 'text/html,application/xhtml+xml,*/*;q=0.8')).toBe(true);
    expect(isNavigation('GET', '*/*')).toBe(false);
    expect(isNavigation('GET', undefined)).toBe(false);
    expect(isNavigation('POST', 'text/html')).toBe(false);
  });
});

describe(isApiPath.name, () => {
  it.each(['/api', '/api/x', '/API/x', '//api/x', '/events', '/commands/'])('holds %s', (path) => {
    expect(isApiPath(path)).toBe(true);
  });

  it.each(['/', '/apiary', '/sessions/api', '/events.js'])('does not hold %s', (path) => {
    expect(isApiPath(path)).toBe(false);
  });
});

describe(isHashed.name, () => {
  it.each([
    ['/x/main-5XQ3KJ2A.js', true],
    ['/x/media/font-ABCDEFGH.woff2', true],
    ['/x/chunk-X__riILQ.js', true],
    ['/x/favicon.svg', false],
    ['/x/apple-touch-icon.png', false],
  ])('of %s is %p', (file, hashed) => {
    expect(isHashed(file)).toBe(hashed);
  });
});
