import type { AuditEntry } from '#audit-log';
import { maskEntry } from './mask-entry.js';
import { MASKED, maskSecrets } from './secret-patterns.js';

describe(maskSecrets.name, () => {
  const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlMTIzNDU2Nzg5';

  it.each([
    ['curl -H "Authorization: Bearer abc.def-ghi" https://x', 'abc.def-ghi'],
    ["curl -H 'authorization: Basic dXNlcjpwYXNz' https://x", 'dXNlcjpwYXNz'],
    ['git clone https://ana:hunter2@example.com/x.git', 'hunter2'],
    ['postgresql://tmuxy:s3cr3t@db/x', 's3cr3t'],
    ['export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'wJalrXUtn'],
    ['export PASSWORD=hunter2', 'hunter2'],
    ['DB_PASSWORD="hunter2" ./run', 'hunter2'],
    ['{"client_secret": "hunter2"}', 'hunter2'],
    ['deploy --token hunter2', 'hunter2'],
    ['deploy --api-key=hunter2', 'hunter2'],
    ['mysql -u root -phunter2 shop', 'hunter2'],
    ['sshpass -p hunter2 ssh x', 'hunter2'],
    ['curl -u ana:hunter2 https://x', 'hunter2'],
    ['aws configure set x AKIAIOSFODNN7EXAMPLE', 'IOSFODNN7EXAMPLE'],
    [
      'gh auth login ghp_16C7e42F292c6912E7710c838347Ae178B4a',
      '16C7e42F292c6912E7710c838347Ae178B4a',
    ],
    ['glab glpat-ABCDEFGHIJ1234567890', 'ABCDEFGHIJ1234567890'],
    ['npm_abcdefghijklmnopqrstuvwxyz0123456789', 'abcdefghijklmnopqrstuvwxyz'],
    [JWT, 'eyJzdWIiOiIxIn0'],
    [
      'tmuxy_0123456789012345678901234567890123456789012',
      '0123456789012345678901234567890123456789012',
    ],
    ['https://host/#key=c2VjcmV0', 'c2VjcmV0'],
    ['/%23key=c2VjcmV0', 'c2VjcmV0'],
    [
      '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAAb3Bl\nbnNzaC1r\n-----END OPENSSH PRIVATE KEY-----',
      'b3Bl',
    ],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIEow', 'MIIEow'],
    ['Cookie: __Host-tmuxy=abcdef', 'abcdef'],
  ])('[K17] masks the secret of %s', (text, secret) => {
    const masked = maskSecrets(text);
    expect(masked).toContain(MASKED);
    expect(masked).not.toContain(secret);
  });

  it.each([
    'split-window -h -t %1',
    'ls -la /srv/work',
    'vim src/password-rules.ts',
    'https://example.com:8443/path',
    'select-layout tiled',
    'git log --oneline',
    'passwd',
    'unauthenticated: The name or the password is wrong.',
  ])('leaves %s as it is', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it('takes no longer for hostile text', () => {
    const hostile = [
      'password '.repeat(20_000),
      '-----BEGIN '.repeat(20_000),
      'mysql '.repeat(20_000),
      'a://'.repeat(50_000),
      'curl '.repeat(40_000),
      'authorization:'.repeat(20_000),
    ];
    for (const text of hostile) expect(maskSecrets(text).length).toBeLessThan(text.length * 3);
  });
});

describe(maskEntry.name, () => {
  it('masks texts at any depth, and nothing else', () => {
    const entry: AuditEntry = {
      action: 'tmux.command',
      actor: { name: 'ana', role: 'admin', credential: 'sign-in:1', method: 'key', address: null },
      target: { session: 'work' },
      params: { commands: [{ args: ['-e', 'TOKEN=hunter2'] }], count: 2, none: null },
      reason: 'invalid-request: password=hunter2',
    };
    expect(JSON.stringify(maskEntry(entry))).not.toContain('hunter2');
    expect(maskEntry(entry)).toMatchObject({
      actor: entry.actor,
      target: { session: 'work' },
      params: { count: 2, none: null },
    });
  });
});
