import type { IncomingHttpHeaders } from 'node:http';
import { readOutside } from './outside.js';

const proxies = { trusts: (address: string | undefined) => address === '10.0.0.1' };
const config = {
  publicOrigins: [
    'https://term.test',
    'https://odd.test:8443',
    'http://both.test',
    'https://both.test',
  ],
};

function read(headers: IncomingHttpHeaders, remoteAddress = '192.0.2.7') {
  const socket = { remoteAddress, localPort: 9000 };
  return readOutside({ headers, socket }, proxies, config);
}

describe(readOutside.name, () => {
  it.each([
    ['localhost:8022', 'http://localhost:8022'],
    ['127.0.0.1', 'http://127.0.0.1'],
    ['[::1]:9000', 'http://[::1]:9000'],
    ['LOCALHOST:80', 'http://localhost'],
  ])('takes the host of %s', (host, origin) => {
    expect(read({ host })).toMatchObject({ secure: false, origin });
  });

  it.each([
    '',
    'a b',
    'user@localhost',
    'localhost:',
    'localhost:999999',
    'localhost:65536',
    'localhost/x',
    'localhost:80:80',
    '[::1',
    '-x',
    'localhost\\@evil.test',
  ])('understands no other Host (%s)', (host) => {
    expect(read({ host }).host).toBe('');
  });

  it('knows the scheme of a public origin by its host and port', () => {
    expect(read({ host: 'term.test' })).toMatchObject({
      secure: true,
      origin: 'https://term.test',
    });
    expect(read({ host: 'term.test:443' })).toMatchObject({ secure: true, port: 443 });
    expect(read({ host: 'term.test:9000' }).secure).toBe(false);
    expect(read({ host: 'odd.test:8443' }).origin).toBe('https://odd.test:8443');
    expect(read({ host: 'both.test' }).secure).toBe(false);
  });

  it('believes listed proxies', () => {
    const forwarded = {
      host: 'inner:9000',
      'x-forwarded-host': 'Term.test',
      'x-forwarded-proto': 'https',
    };
    expect(read(forwarded, '10.0.0.1').origin).toBe('https://term.test');
    expect(read({ host: 'term.test', 'x-forwarded-proto': 'http' }, '10.0.0.1').secure).toBe(false);
  });

  it('[C13] ignores X-Forwarded-Host and X-Forwarded-Proto of everybody else', () => {
    const forged = {
      host: 'localhost:9000',
      'x-forwarded-host': 'evil.test',
      'x-forwarded-proto': 'https',
    };
    expect(read(forged)).toMatchObject({ origin: 'http://localhost:9000', secure: false });
  });

  it('ignores forwarded values that are more than one', () => {
    const doubled = {
      host: 'localhost:9000',
      'x-forwarded-host': 'a.test, b.test',
      'x-forwarded-proto': 'https, http',
    };
    expect(read(doubled, '10.0.0.1').origin).toBe('http://localhost:9000');
  });
});
