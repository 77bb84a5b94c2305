import type { IncomingHttpHeaders } from 'node:http';
import { senderOf } from './origin-check.js';

const OWN = 'http://localhost:9000';
const LISTED = 'https://tools.test';
const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

function ask(method: string, path: string, headers: IncomingHttpHeaders): string {
  try {
    return senderOf(
      { method, path, headers },
      (origin) => origin === OWN,
      (origin) => origin === LISTED,
    );
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'failed';
  }
}

describe(senderOf.name, () => {
  it.each<[string, string, string, IncomingHttpHeaders]>([
    ['a program', 'POST', '/commands', {}],
    ['our page', 'POST', '/commands', { origin: OWN, 'sec-fetch-site': 'same-origin' }],
    ['our page in an old browser', 'POST', '/commands', { origin: OWN }],
    ['our page reading', 'GET', '/events', { 'sec-fetch-site': 'same-origin' }],
    ['the address bar', 'GET', '/api/me', { 'sec-fetch-site': 'none', ...NAVIGATION }],
    ['a link to us', 'GET', '/sessions/x', { 'sec-fetch-site': 'cross-site', ...NAVIGATION }],
    [
      'an OpenID provider',
      'GET',
      '/api/sign-in/oidc/callback',
      { 'sec-fetch-site': 'cross-site', ...NAVIGATION },
    ],
  ])('lets %s through', (_who, method, path, headers) => {
    expect(ask(method, path, headers)).toBe('own');
  });

  it.each<[string, string, string, IncomingHttpHeaders]>([
    [
      '[C1] a foreign fetch',
      'POST',
      '/commands',
      { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' },
    ],
    ['[C1] another port of this host', 'POST', '/commands', { 'sec-fetch-site': 'same-site' }],
    [
      '[C3] a beacon',
      'POST',
      '/commands',
      { origin: 'https://evil.test', 'sec-fetch-mode': 'no-cors' },
    ],
    ['[C5] a foreign Origin alone', 'POST', '/commands', { origin: 'https://evil.test' }],
    ['[C5] a foreign Origin on a stream', 'GET', '/events', { origin: 'https://evil.test' }],
    [
      '[C5] our host with another scheme',
      'POST',
      '/commands',
      { origin: 'https://localhost:9000' },
    ],
    ['[C5] our host with another port', 'POST', '/commands', { origin: 'http://localhost:9001' }],
    ['[C7] the null origin', 'POST', '/commands', { origin: 'null' }],
    [
      '[C7] the null origin, same-origin',
      'GET',
      '/api/me',
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    ],
    [
      '[A9] a foreign form',
      'POST',
      '/api/sign-in',
      { 'sec-fetch-site': 'cross-site', ...NAVIGATION },
    ],
    [
      '[C17] a foreign script element',
      'GET',
      '/api/file',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'script' },
    ],
    [
      '[C15] a frame',
      'GET',
      '/',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    ],
    ['a foreign link to data', 'GET', '/api/me', { 'sec-fetch-site': 'cross-site', ...NAVIGATION }],
    [
      'a foreign link to a stream',
      'GET',
      '//Events',
      { 'sec-fetch-site': 'cross-site', ...NAVIGATION },
    ],
    ['a value of Sec-Fetch-Site nobody knows', 'GET', '/api/me', { 'sec-fetch-site': 'x' }],
    ['a POST out of the address bar', 'POST', '/commands', { 'sec-fetch-site': 'none' }],
    ['both a listed and a doubled origin', 'GET', '/events', { origin: `${LISTED}, ${OWN}` }],
  ])('refuses %s', (_who, method, path, headers) => {
    expect(ask(method, path, headers)).toBe('origin-not-allowed');
  });

  it.each(['sec-purpose', 'purpose', 'x-moz'])('[C19] refuses to be fetched ahead (%s)', (name) => {
    const headers = { 'sec-fetch-site': 'same-origin', [name]: 'prefetch;prerender' };
    expect(ask('GET', '/events', headers)).toBe('forbidden');
    expect(ask('GET', '/api/sessions', headers)).toBe('forbidden');
    expect(ask('GET', '/', headers)).toBe('own');
  });

  it.each(['/api/sign-in', '/API/Sign-In/', '/api/sign-in/oidc', '/api/sign-out'])(
    '[A9] lets no listed origin set or take a cookie (%s)',
    (path) => {
      expect(ask('POST', path, { origin: LISTED })).toBe('origin-not-allowed');
      expect(ask('POST', path, { origin: OWN })).toBe('own');
    },
  );

  it('tells listed origins apart from our own', () => {
    expect(ask('GET', '/api/sign-ins', { origin: LISTED })).toBe('foreign');
    expect(ask('POST', '/commands', { origin: LISTED, 'sec-fetch-site': 'cross-site' })).toBe(
      'foreign',
    );
  });
});
