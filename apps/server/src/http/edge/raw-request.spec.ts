import { HEADERS_MAX, type RawRequest, rawRequestProblem, URL_MAX_BYTES } from './raw-request.js';

const GOOD: RawRequest = {
  httpVersion: '1.1',
  method: 'GET',
  url: '/api/me?a=b',
  rawHeaders: ['Host', 'localhost'],
  headers: {},
};

function lines(name: string, count: number): string[] {
  return Array.from({ length: count }, () => [name, 'x']).flat();
}

describe(rawRequestProblem.name, () => {
  it('lets through what browsers send', () => {
    expect(rawRequestProblem(GOOD)).toBeUndefined();
    const rawHeaders = [...GOOD.rawHeaders, ...lines('X', HEADERS_MAX - 1)];
    expect(rawRequestProblem({ ...GOOD, rawHeaders })).toBeUndefined();
    const url = `/${'a'.repeat(URL_MAX_BYTES - 1)}`;
    expect(rawRequestProblem({ ...GOOD, url })).toBeUndefined();
  });

  it.each<[string, Partial<RawRequest>]>([
    ['HTTP/1.0', { httpVersion: '1.0' }],
    ['HTTP/0.9', { httpVersion: '0.9' }],
    ['TRACE', { method: 'TRACE' }],
    ['CONNECT', { method: 'CONNECT' }],
    ['a method of others', { method: 'PROPFIND' }],
    ['no Host', { rawHeaders: [] }],
    ['two Hosts', { rawHeaders: ['Host', 'localhost', 'host', 'localhost'] }],
    ['an upgrade', { rawHeaders: [...GOOD.rawHeaders, 'Upgrade', 'websocket'] }],
    ['one header too many', { rawHeaders: [...GOOD.rawHeaders, ...lines('X', HEADERS_MAX)] }],
    ['a whole address', { url: 'http://localhost/api/me' }],
    ['no path', { url: '*' }],
    ['a backslash', { url: '/\\evil.test' }],
    ['a fragment', { url: '/#x' }],
    [
      'a doubled X-Session-Token',
      { rawHeaders: [...GOOD.rawHeaders, ...lines('X-Session-Token', 2)] },
    ],
    ['a doubled Origin', { rawHeaders: [...GOOD.rawHeaders, ...lines('ORIGIN', 2)] }],
    [
      'a doubled Sec-Fetch-Site',
      { rawHeaders: [...GOOD.rawHeaders, ...lines('sec-fetch-site', 2)] },
    ],
    ['a doubled Authorization', { rawHeaders: [...GOOD.rawHeaders, ...lines('Authorization', 2)] }],
    ['a doubled Content-Type', { rawHeaders: [...GOOD.rawHeaders, ...lines('Content-Type', 2)] }],
    ['a coding within the chunks', { headers: { 'transfer-encoding': 'gzip, chunked' } }],
    ['a coding of nothing', { headers: { 'transfer-encoding': 'identity' } }],
  ])('refuses %s', (_name, change) => {
    expect(rawRequestProblem({ ...GOOD, ...change })).toMatchObject({ code: 'invalid-request' });
  });

  it('refuses a body that no route takes', () => {
    const headers = { 'content-length': '1000000000000' };
    expect(rawRequestProblem({ ...GOOD, headers })).toMatchObject({ code: 'too-large' });
  });

  it('refuses an address that is too long', () => {
    const url = `/${'a'.repeat(URL_MAX_BYTES)}`;
    expect(rawRequestProblem({ ...GOOD, url })).toMatchObject({ code: 'too-large' });
  });

  it('refuses doubles of the headers that the configuration trusts', () => {
    const rawHeaders = [...GOOD.rawHeaders, ...lines('Remote-User', 2)];
    expect(rawRequestProblem({ ...GOOD, rawHeaders })).toBeUndefined();
    expect(rawRequestProblem({ ...GOOD, rawHeaders }, ['remote-user'])).toMatchObject({
      details: { header: 'remote-user' },
    });
  });
});
