import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../config.errors.js';
import { loadConfig } from '../load-config.js';
import type { FileFacts, MachineFacts } from './machine-facts.js';
import { type Finding, formatFinding } from './finding.js';
import { lintConfig, refuseUnsafe } from './lint-config.js';

const FACTS: MachineFacts = { userId: 1000, files: [], sources: {} };
const TLS = { tlsCert: '/c', tlsKey: '/k' };
const PROXY = { trustedProxies: ['10.0.0.2'], proxyUserHeader: 'X-Remote-User' };
const GROUPS = [{ group: 'staff', role: 'operator' }];
const OIDC = { issuer: 'https://id.example.com', clientId: 'tmuxy' };
const PUBLIC = { publicOrigins: ['https://term.example.com'] };

/** Settings as somebody writes them into the file. */
type Settings = Readonly<Record<string, unknown>>;

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-lint-'));
});

afterEach(() => {
  rmSync(dir, { recursive: true });
});

function findingsOf(settings: Settings, facts: Partial<MachineFacts> = {}): readonly Finding[] {
  const path = join(dir, 'tmuxy.yaml');
  // JSON is YAML.
  writeFileSync(path, JSON.stringify(settings));
  const config = loadConfig({ env: {}, homeDir: dir, isTerminal: false, file: path });
  return lintConfig(config, { ...FACTS, ...facts });
}

function lint(settings: Settings, facts?: Partial<MachineFacts>): readonly string[] {
  return findingsOf(settings, facts).map(({ level, key }) => `${level} ${key}`);
}

function file(facts: Partial<FileFacts>): Partial<MachineFacts> {
  const usual = { key: 'tlsKey', path: '/k', kind: 'secret', mode: 0o600, owner: 1000 } as const;
  return { files: [{ ...usual, ...facts }] };
}

describe(lintConfig.name, () => {
  it.each<[string, Settings]>([
    ['a default start', {}],
    ['TLS beyond loopback', { host: '0.0.0.0', ...TLS, ...PUBLIC }],
    ['a proxy on this machine', { trustedProxies: ['127.0.0.1'], ...PUBLIC }],
    ['named users of a proxy', { ...PROXY, proxyGroupsHeader: 'X-Remote-Groups', groups: GROUPS }],
    ['networks of proxies', { trustedProxies: ['10.0.0.0/8', 'fd00::/8', '::1', '2001:db8::/32'] }],
    ['OIDC', { oidc: OIDC, groups: GROUPS }],
    ['OIDC on loopback', { oidc: { ...OIDC, issuer: 'http://127.0.0.1:9/x' }, groups: GROUPS }],
    ['rules', { policy: { operator: { deny: [{ command: 'split-window', flag: 'h' }] } } }],
    ['http on loopback', { publicOrigins: ['http://localhost:9000', 'http://[::1]:9'] }],
  ])('finds nothing about %s', (_what, values) => {
    expect(lint(values)).toEqual([]);
  });

  it.each(['0.0.0.0', '::', '192.168.1.4', 'example.org', '127.0.0.1.example.org', '1270.0.0.1'])(
    '[O1] refuses %s without TLS, and says what to do',
    (host) => {
      const findings = findingsOf({ host, ...PUBLIC });
      expect(findings[0]).toMatchObject({ level: 'refused', key: 'host' });
      expect(findings[0]?.fix).toMatch(/ssh -L 9000:.*--tls-cert.*--trusted-proxies/);
      expect(() => {
        refuseUnsafe(findings);
      }).toThrow(new ConfigError(findings.slice(0, 1).map(formatFinding)));
    },
  );

  it.each(['true', '1', '2', '127.1', '0x7f000001', '*', 'proxy.example.com', '10.0.0.0/33', ''])(
    '[J3] refuses %j as a trusted proxy',
    (entry) => {
      expect(lint({ trustedProxies: [entry] })).toContain('refused trustedProxies[0]');
    },
  );

  it.each(['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/7', '::/0', '2000::/3', '::ffff:0:0/95'])(
    '[J3] refuses to trust nearly everybody: %s',
    (entry) => {
      expect(lint({ trustedProxies: ['10.0.0.2', entry] })).toContain('refused trustedProxies[1]');
    },
  );

  it.each(['::ffff:10.0.0.2', '::ffff:0:0/96', '::/64'])(
    '[J3] refuses IPv4 within IPv6: %s',
    (entry) => {
      expect(lint({ trustedProxies: [entry] })).toEqual(['refused trustedProxies[0]']);
    },
  );

  it.each<[string, Settings]>([
    ['tlsKey', { tlsCert: '/c' }],
    ['tlsCert', { tlsKey: '/k' }],
    ['publicOrigins', { publicOrigins: ['http://term.example.com'] }],
    ['proxyUserHeader', { proxyUserHeader: 'X-Remote-User', groups: GROUPS }],
    ['proxyUserHeader', { ...PROXY }],
    ['proxyGroupsHeader', { proxyGroupsHeader: 'X-Groups' }],
    ['proxyGroupsHeader', { ...PROXY, proxyGroupsHeader: 'x-remote-user', groups: GROUPS }],
    ['oidc', { oidc: OIDC }],
    ['oidc.issuer', { oidc: { ...OIDC, issuer: 'http://id.example.com' }, groups: GROUPS }],
    ['oidc.issuer', { oidc: { ...OIDC, issuer: 'https://id.example.com/?a=1' }, groups: GROUPS }],
    ['oidc.scopes', { oidc: { ...OIDC, scopes: ['profile'] }, groups: GROUPS }],
    ['host', { auth: 'none', host: '0.0.0.0', ...TLS }],
    ['host', { auth: 'none', host: '0.0.0.0', unsafePlainHttp: true }],
    ['publicOrigins', { auth: 'none', ...TLS, ...PUBLIC }],
    ['corsOrigins', { auth: 'none', corsOrigins: ['https://tools.example.com'] }],
    ['trustedProxies', { auth: 'none', trustedProxies: ['127.0.0.1'] }],
    ['databaseUrl', { databaseUrl: 'sqlite:/a', databaseUrlFile: '/b' }],
    ['readOnlySessions', { readOnlySessions: [' prod'] }],
    ['roles.viewer.sessions', { roles: { viewer: { sessions: ['prod '] } } }],
    ['policy.operator.deny[0]', { policy: { operator: { deny: [{}] } } }],
    ['policy.admin.deny[0]', { policy: { admin: { deny: [{ command: 'split-windows' }] } } }],
    ['policy.operator.deny[0]', { policy: { operator: { deny: [{ effect: 'shel' }] } } }],
    ['policy.operator.allow[0]', { policy: { operator: { allow: [{ flag: 'h' }] } } }],
  ])('refuses an unsafe %s (%#)', (key, values) => {
    expect(lint(values)).toContain(`refused ${key}`);
  });

  it.each([
    'Authorization',
    'cookie',
    'Host',
    'Origin',
    'Accept',
    'Sec-Fetch-Site',
    'X-Forwarded-For',
    'X-Tmuxy-Proxy-Secret',
  ])('refuses %s as the header that names users', (proxyUserHeader) => {
    const values = { ...PROXY, proxyUserHeader, groups: GROUPS };
    expect(lint(values)).toContain('refused proxyUserHeader');
  });

  it.each<[string, Settings]>([
    ['unsafePlainHttp', { unsafePlainHttp: true }],
    ['unsafePlainHttp', { unsafePlainHttp: true, host: '0.0.0.0' }],
    ['host', { host: '0.0.0.0', trustedProxies: ['10.0.0.2'] }],
    ['publicOrigins', { host: '0.0.0.0', ...TLS }],
    ['publicOrigins', { ...PUBLIC }],
    ['publicOrigins', { publicOrigins: ['http://a.example'], unsafePlainHttp: true, host: '::' }],
    ['corsOrigins', { corsOrigins: ['http://tools.example.com'] }],
    ['auth', { auth: 'none' }],
    ['oidc', { auth: 'none', oidc: OIDC, groups: GROUPS }],
    ['groups', { groups: GROUPS }],
    ['groups', { ...PROXY, groups: GROUPS }],
    ['groups[1]', { oidc: OIDC, groups: [{ group: '*', role: 'viewer' }, ...GROUPS] }],
    ['groups[0]', { oidc: OIDC, groups: [{ group: '*', role: 'admin' }] }],
    ['trustedProxies', { ...PROXY, trustedProxies: ['127.0.0.1'], groups: GROUPS }],
    ['signInIdleMinutes', { signInIdleMinutes: 121, signInHours: 2 }],
    ['policy', { readOnly: true, policy: { operator: { allow: [{ effect: 'read' }] } } }],
    ['policy.operator.allow[0]', { policy: { operator: { allow: [{ effect: 'shell' }] } } }],
    ['roles.operator.sessions', { roles: { operator: { sessions: [] } } }],
  ])('warns of %s (%#)', (key, values) => {
    expect(lint(values)).toContain(`warning ${key}`);
  });

  it('warns of running as root', () => {
    expect(lint({}, { userId: 0 })).toEqual(['warning user']);
    expect(lint({}, { userId: undefined })).toEqual([]);
  });

  it.each<[string, Partial<FileFacts>]>([
    ['refused tlsKey', { mode: 0o604 }],
    ['refused tlsKey', { mode: 0o602 }],
    ['refused tlsKey', { owner: 1001 }],
    ['warning tlsKey', { mode: 0o640 }],
    ['warning tlsKey', { mode: 0o620 }],
    ['refused stateDir', { key: 'stateDir', kind: 'directory', mode: 0o1777 }],
    ['warning stateDir', { key: 'stateDir', kind: 'directory', mode: 0o755 }],
    ['refused file', { key: 'file', kind: 'settings', mode: 0o666 }],
    ['warning file', { key: 'file', kind: 'settings', owner: 1001 }],
  ])('finds %s for files with %j', (finding, facts) => {
    expect(lint({}, file(facts))).toContain(finding);
  });

  it.each<Partial<FileFacts>>([
    {},
    { owner: 0 },
    { kind: 'directory', mode: 0o700 },
    { kind: 'settings', mode: 0o664 },
  ])('finds nothing about files with %j', (facts) => {
    expect(lint({}, file(facts))).toEqual([]);
  });

  it('minds where a password for the database is written', () => {
    const databaseUrl = 'postgresql://tmuxy:s3cret@db.example/tmuxy';
    expect(lint({ databaseUrl }, { sources: { databaseUrl: 'flag' } })).toEqual([
      'warning databaseUrl',
    ]);
    expect(lint({ databaseUrl }, { sources: { databaseUrl: 'environment' } })).toHaveLength(1);
    expect(lint({ databaseUrl }, { sources: { databaseUrl: 'file' } })).toEqual([]);
    const settings = { key: 'file', kind: 'settings', mode: 0o644 } as const;
    expect(lint({ databaseUrl }, file(settings))).toEqual(['refused file']);
    expect(lint({ databaseUrl: 'postgresql://db/x' }, file(settings))).toEqual([]);
  });

  it('tells what to do, and no secret', () => {
    const databaseUrl = 'postgresql://tmuxy:s3cret@db.example/tmuxy';
    const facts = { userId: 0, sources: { databaseUrl: 'flag' as const } };
    const findings = findingsOf({ databaseUrl, host: '0.0.0.0' }, facts);
    expect(findings.length).toBeGreaterThan(2);
    expect(findings.map(formatFinding).join('\n')).not.toContain('s3cret');
    for (const { fix, message } of findings) expect([fix, message]).not.toContain('');
  });
});
