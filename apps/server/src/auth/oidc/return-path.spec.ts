import { safeReturnPath, signInPage } from './return-path.js';

/** What leads away, whatever the base path. */
const HOSTILE = [
  'https://evil.example',
  'https:evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '\t//evil.example',
  '/\n/evil.example',
  ' //evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'evil.example',
  '@evil.example',
  '/%09/../\\evil.example',
  '/./..//evil.example',
  '/s/..//evil.example',
  '/tmux/..//evil.example',
  '/tmux/%2e%2e//evil.example',
  '',
];

describe(safeReturnPath.name, () => {
  it.each(HOSTILE)('[A15] leads to the first page for %j', (asked) => {
    expect(safeReturnPath(asked, '/')).toBe('/');
    expect(safeReturnPath(asked, '/tmux')).toBe('/tmux/');
  });

  it.each([
    '/',
    '/s/work',
    '/s/work%20two?pane=%251#x',
    '/s/%2F%2Fevil.example',
    '/s/a%5Cb',
    '/s/x?next=//evil.example',
    '/apiary',
  ])('keeps %j', (asked) => {
    expect(safeReturnPath(asked, '/')).toBe(asked);
    expect(safeReturnPath(`/tmux${asked}`, '/tmux')).toBe(`/tmux${asked}`);
  });

  it.each(['/s/work', '/tmuxed/', '/tmux/../s/work', '/tmux/%2e%2e/s', '/TMUX/s/work'])(
    'leaves the base path for nothing: %j',
    (asked) => {
      expect(safeReturnPath(asked, '/tmux')).toBe('/tmux/');
    },
  );

  it.each(['/api/sign-in/oidc', '/API/me', '/events?session=a', '/commands', '/s/../api/me'])(
    'leads to no route of the HTTP interface: %j',
    (asked) => {
      expect(safeReturnPath(asked, '/')).toBe('/');
      expect(safeReturnPath(`/tmux${asked}`, '/tmux')).toBe('/tmux/');
    },
  );

  it('is the first page when nothing was asked for', () => {
    expect(safeReturnPath(undefined, '/')).toBe('/');
    expect(safeReturnPath(undefined, '/tmux')).toBe('/tmux/');
  });
});

describe(signInPage.name, () => {
  it('says what went wrong', () => {
    expect(signInPage('oidc-denied', '/', '/')).toBe('/sign-in?error=oidc-denied');
    expect(signInPage('oidc-denied', '/tmux/', '/tmux')).toBe('/tmux/sign-in?error=oidc-denied');
  });

  it('keeps where to go after another try, as the page names it', () => {
    const page = signInPage('oidc-failed', '/tmux/s/a?b=c&d', '/tmux');
    expect(new URL(page, 'http://x').searchParams.get('next')).toBe('/s/a?b=c&d');
  });
});
