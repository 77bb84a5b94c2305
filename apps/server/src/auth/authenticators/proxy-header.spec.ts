import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Request, Response } from 'express';
import type { TmuxyConfig } from '../../config/config.js';
import { InvalidRequestError, UnauthenticatedError } from '../../http/app-error.js';
import { TrustedProxies } from '../../http/edge/trusted-proxies.js';
import { type CredentialEnd, CredentialEvents } from '../credential-events.js';
import { NoRoleError } from '../group-rights.js';
import { PROXIED_USERS_MAX, ProxyHeaderAuthenticator } from './proxy-header.authenticator.js';
import { ProxySecret } from './proxy-secret.js';
import { ProxyHeaderMiddleware } from './proxy-header.middleware.js';

const PROXY = '10.0.0.1';
const VALUES = {
  trustedProxies: [PROXY],
  proxyUserHeader: 'X-Remote-User',
  proxyGroupsHeader: 'X-Remote-Groups',
  groups: [
    { group: 'ops', role: 'operator', sessions: ['ops-*'] },
    { group: 'staff', role: 'viewer' },
  ],
};
const CONFIG = VALUES as unknown as TmuxyConfig;

/** As Node makes it: names lower case, values joined, bytes as Latin-1. */
function requestFrom(address: string, raw: readonly (readonly [string, string])[]): Request {
  const headers: Record<string, string> = {};
  for (const [name, text] of raw) {
    const key = name.toLowerCase();
    const value = Buffer.from(text, 'utf8').toString('latin1');
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  return {
    headers,
    rawHeaders: raw.flat(),
    socket: { remoteAddress: address },
  } as unknown as Request;
}

function create(config = CONFIG) {
  const events = new CredentialEvents();
  const ends: CredentialEnd[] = [];
  events.onEnded((end) => ends.push(end));
  const proxies = new TrustedProxies(config);
  const middleware = new ProxyHeaderMiddleware(config, proxies);
  const authenticator = new ProxyHeaderAuthenticator(
    config,
    proxies,
    events,
    new ProxySecret(config),
  );
  const ask = (address: string, ...raw: (readonly [string, string])[]) => {
    const request = requestFrom(address, raw);
    middleware.use(request, {} as unknown as Response, () => undefined);
    return { grant: authenticator.authenticate(request), headers: request.headers };
  };
  return { ask, ends, authenticator };
}

describe(ProxyHeaderAuthenticator.name, () => {
  it('takes the name and groups of a trusted proxy', () => {
    const { ask } = create();
    const { grant } = ask(PROXY, ['X-Remote-User', 'ana'], ['X-Remote-Groups', ' x, ,ops ']);
    expect(grant).toEqual({
      name: 'ana',
      role: 'operator',
      readOnly: false,
      sessions: [['ops-*']],
      method: 'proxy',
      credentialId: 'proxy:ana',
    });
  });

  describe('with a secret of the proxy', () => {
    const SECRET = 'a-secret-of-the-proxy';
    let dir: string;
    let proxySecretFile: string;
    const user = [
      ['X-Remote-User', 'ana'],
      ['X-Remote-Groups', 'ops'],
    ] as const;

    beforeEach(() => {
      dir = mkdtempSync(join(tmpdir(), 'tmuxy-proxy-'));
      proxySecretFile = join(dir, 'secret');
      writeFileSync(proxySecretFile, `${SECRET}\n`, { mode: 0o600 });
    });

    afterEach(() => {
      rmSync(dir, { recursive: true });
    });

    const withSecret = () => create({ ...VALUES, proxySecretFile } as unknown as TmuxyConfig);

    it('[A19] believes the proxy that sends it', () => {
      const { grant } = withSecret().ask(PROXY, ...user, ['X-Tmuxy-Proxy-Secret', SECRET]);
      expect(grant?.name).toBe('ana');
    });

    it.each([undefined, '', 'wrong', `${SECRET}x`, SECRET.toUpperCase()])(
      '[A19] refuses the right address with the secret %j',
      (given) => {
        const { ask } = withSecret();
        const header = given === undefined ? [] : [['X-Tmuxy-Proxy-Secret', given] as const];
        expect(() => ask(PROXY, ...user, ...header)).toThrow(UnauthenticatedError);
      },
    );

    it('[A19] does not believe another address that knows it', () => {
      const { grant } = withSecret().ask('10.0.0.9', ...user, ['X-Tmuxy-Proxy-Secret', SECRET]);
      expect(grant).toBeUndefined();
    });

    it('starts with no short or missing secret', () => {
      writeFileSync(proxySecretFile, 'short\n');
      expect(withSecret).toThrow('shorter than 16');
      rmSync(proxySecretFile);
      expect(withSecret).toThrow('ENOENT');
    });
  });

  it('reads names as UTF-8 and composes them', () => {
    const { grant } = create().ask(
      PROXY,
      ['x-remote-user', 'Zoe\u0308'],
      ['X-REMOTE-GROUPS', 'ops'],
    );
    expect(grant?.name).toBe('Zo\u00eb');
  });

  it('takes an IPv4 proxy of a dual-stack socket for itself', () => {
    const { grant } = create().ask(
      `::ffff:${PROXY}`,
      ['X-Remote-User', 'a'],
      ['X-Remote-Groups', 'ops'],
    );
    expect(grant?.name).toBe('a');
  });

  it.each(['10.0.0.2', '127.0.0.1', '::1', '::ffff:10.0.0.2', ''])(
    '[A17] believes no header of %j, and takes it off',
    (address) => {
      const { grant, headers } = create().ask(
        address,
        ['X-Remote-User', 'admin'],
        ['X_Remote_User', 'admin'],
        ['X-Remote_User', 'admin'],
        ['X-Remote-Groups', 'ops'],
        ['X_REMOTE_GROUPS', 'ops'],
        ['X-Forwarded-For', PROXY],
        ['Authorization', 'Basic YTpi'],
        ['Accept', '*/*'],
      );
      expect(grant).toBeUndefined();
      expect(Object.keys(headers)).toEqual(['x-forwarded-for', 'authorization', 'accept']);
    },
  );

  it('believes nobody where no header or no proxy is configured', () => {
    const said = [
      ['X-Remote-User', 'ana'],
      ['X-Remote-Groups', 'ops'],
    ] as const;
    const { proxyUserHeader: _, ...noHeader } = VALUES;
    expect(create(noHeader as unknown as TmuxyConfig).ask(PROXY, ...said).grant).toBeUndefined();
    const noProxy = { ...VALUES, trustedProxies: [] } as unknown as TmuxyConfig;
    expect(create(noProxy).ask(PROXY, ...said).grant).toBeUndefined();
  });

  it('leaves a request without a name to the other ways, with its Basic header', () => {
    for (const raw of [[], [['X-Remote-User', '']], [['X_Remote_User', 'ana']]] as const) {
      const { grant, headers } = create().ask(PROXY, ...raw, ['Authorization', 'Basic YTpi']);
      expect(grant).toBeUndefined();
      expect(headers.authorization).toBe('Basic YTpi');
      expect(headers['x_remote_user']).toBeUndefined();
    }
  });

  it("takes off the proxy's own Basic header, and no Bearer", () => {
    const ana = ['X-Remote-User', 'ana'] as const;
    const groups = ['X-Remote-Groups', 'ops'] as const;
    const { ask } = create();
    expect(ask(PROXY, ana, groups, ['Authorization', 'bAsIc YTpi']).headers.authorization).toBe(
      undefined,
    );
    expect(ask(PROXY, ana, groups, ['Authorization', 'Bearer x']).headers.authorization).toBe(
      'Bearer x',
    );
  });

  it.each([
    [
      ['X-Remote-User', 'ana'],
      ['x-remote-user', 'root'],
    ],
    [
      ['X-Remote-User', 'ana'],
      ['X-Remote-Groups', 'staff'],
      ['X-Remote-Groups', 'ops'],
    ],
    [
      ['X-Remote-User', ''],
      ['X-Remote-User', 'root'],
    ],
  ] as const)('refuses headers that came twice: %j', (...raw) => {
    const { ask } = create();
    expect(() => ask(PROXY, ...raw)).toThrow(InvalidRequestError);
  });

  it.each(['a\tb', '\u202eana', 'x'.repeat(257), '   '])('refuses the name %j', (name) => {
    expect(() => create().ask(PROXY, ['X-Remote-User', name])).toThrow(/holds what is no name/);
  });

  it('refuses bytes that are no UTF-8', () => {
    const request = requestFrom(PROXY, [['X-Remote-User', 'x']]);
    request.headers['x-remote-user'] = 'caf\xe9';
    const { authenticator } = create();
    expect(() => authenticator.authenticate(request)).toThrow(/holds what is no name/);
  });

  it('refuses those whose groups have no role', () => {
    const { ask } = create();
    expect(() => ask(PROXY, ['X-Remote-User', 'eve'], ['X-Remote-Groups', 'guests'])).toThrow(
      NoRoleError,
    );
    expect(() => ask(PROXY, ['X-Remote-User', 'eve'])).toThrow(/Nobody gave you a role/);
  });

  it('ends what is open when the groups change', () => {
    const { ask, ends } = create();
    const ana = ['X-Remote-User', 'ana'] as const;
    ask(PROXY, ana, ['X-Remote-Groups', 'ops']);
    ask(PROXY, ana, ['X-Remote-Groups', 'other,ops']);
    ask(PROXY, ['X-Remote-User', 'bob'], ['X-Remote-Groups', 'staff']);
    expect(ends).toEqual([]);
    ask(PROXY, ana, ['X-Remote-Groups', 'staff']);
    expect(ends).toEqual([{ credentialId: 'proxy:ana', reason: 'rights-changed' }]);
    expect(() => ask(PROXY, ana)).toThrow();
    expect(() => ask(PROXY, ana)).toThrow();
    expect(ends.slice(1)).toEqual([{ credentialId: 'proxy:ana', reason: 'revoked' }]);
  });

  it('remembers a bounded number of people', () => {
    const { ask, ends } = create();
    const staff = ['X-Remote-Groups', 'staff'] as const;
    ask(PROXY, ['X-Remote-User', 'first'], ['X-Remote-Groups', 'ops']);
    for (let i = 0; i < PROXIED_USERS_MAX; i++)
      ask(PROXY, ['X-Remote-User', `u${String(i)}`], staff);
    ask(PROXY, ['X-Remote-User', 'first'], staff);
    expect(ends).toEqual([]);
  });
});
