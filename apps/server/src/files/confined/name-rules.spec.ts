import { foldName, NameRules } from './name-rules.js';

const rules = new NameRules({ denyNames: ['*.bak', 'Größe?'], dotfiles: false });
const judge = (name: string, parent?: string): unknown =>
  rules.judge(Buffer.from(name), parent === undefined ? undefined : Buffer.from(parent));

describe(NameRules.name, () => {
  it.each([
    ...['.ssh', '.gnupg', '.aws', '.kube', '.docker', '.netrc', '.pgpass', '.git-credentials'],
    ...['.npmrc', '.env', '.env.production', 'server.pem', 'tls.key', 'a.p12', 'a.pfx', 'db.kdbx'],
    ...['id_rsa', 'id_rsa.pub', 'id_ed25519', 'id_ecdsa_sk', '.bash_history', '.zsh_history'],
    ...['.python_history', 'shadow', 'authorized_keys', 'tmuxy.db', 'tmuxy.db-wal', 'x.bak'],
    ...['.SSH', '.Ssh', 'ID_RSA', 'Server.PEM', '.ENV', 'SHADOW', 'größe1', 'GRÖSSE1'],
    ...['.ſsh', '．ssh', '.ssh.', '.ssh ', '.ssh . .', '.s\u200dsh', '\ufeff.ssh', 'id_rsa\u00ad'],
    ...['server.\u212aey', 'gro\u0308\u00dfe1', '.tmuxy-upload-0', 'tmuxy.yaml~'],
  ])('[D39] refuses %j', (name) => {
    expect(judge(name)).toBe('denied-name');
  });

  it('[D39] knows a folder with a password in it', () => {
    expect(judge('config', '.git')).toBe('denied-name');
    expect(judge('CONFIG', '.Git')).toBe('denied-name');
    expect(judge('config', 'src')).toBeUndefined();
  });

  it('refuses some names as files only', () => {
    expect(judge('credentials')).toBe('denied-file');
    expect(judge('Credentials')).toBe('denied-file');
  });

  it.each(['.bashrc', '.config', '.git', '..a'])('hides %j', (name) => {
    expect(judge(name)).toBe('dotfile');
  });

  it.each(['a', 'main.ts', 'environment', 'keys.md', 'monkey', '...', 'ssh', 'pem', 'a.pem.txt'])(
    'gives %j',
    (name) => {
      expect(judge(name)).toBeUndefined();
    },
  );

  it('gives dotfiles where that is allowed, but no secrets', () => {
    const open = new NameRules({ denyNames: [], dotfiles: true });
    expect(open.judge(Buffer.from('.bashrc'))).toBeUndefined();
    expect(open.judge(Buffer.from('.ssh'))).toBe('denied-name');
  });

  it('judges bytes that are no text', () => {
    expect(rules.judge(Buffer.from([0xff, 0xfe]))).toBeUndefined();
    expect(rules.judge(Buffer.concat([Buffer.of(0xff), Buffer.from('.pem')]))).toBe('denied-name');
  });
});

describe(foldName.name, () => {
  it('is the same for what it gave', () => {
    for (const name of ['.SSH', 'Straße', '\u212aelvin', 'e\u0301', 'ﬁle', '. .', '...']) {
      expect(foldName(foldName(name))).toBe(foldName(name));
    }
  });
});
