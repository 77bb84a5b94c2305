import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { Command } from 'commander';
import { addConfigCommands, hidePassword } from './config.js';
import { addTlsCommands } from './tls.js';

let dir: string;
let printed: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-cli-'));
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(dir, { recursive: true });
});

async function run(yaml: string, ...args: string[]): Promise<string> {
  writeFileSync(join(dir, 'tmuxy.yaml'), yaml);
  const program = new Command();
  addConfigCommands(program);
  addTlsCommands(program);
  const common = ['--config', join(dir, 'tmuxy.yaml'), '--state-dir', join(dir, 'state')];
  await program.parseAsync([...args, ...common], { from: 'user' });
  return printed;
}

describe('tmuxy config check', () => {
  it('fails with what is refused and its fix', async () => {
    expect(await run('host: 0.0.0.0\n', 'config', 'check')).toMatch(/^refused: host: .*ssh -L/m);
    expect(process.exitCode).toBe(1);
  });

  it('prints relaxations and does not fail for them', async () => {
    const text = await run('auth: none\n', 'config', 'check', '--json');
    expect(JSON.parse(text)).toContainEqual(
      expect.objectContaining({ level: 'warning', key: 'auth' }),
    );
    expect(process.exitCode).toBeUndefined();
  });

  it('looks at the certificate too', async () => {
    const yaml = `tlsCert: ${join(dir, 'none')}\ntlsKey: ${join(dir, 'none')}\n`;
    expect(await run(yaml, 'config', 'check')).toContain('refused: tlsCert: ');
    expect(process.exitCode).toBe(1);
  });
});

describe('tmuxy config show', () => {
  it('prints each setting with its source and without secrets', async () => {
    const yaml = 'graceMs: 7\ndatabaseUrl: postgresql://tmuxy:s3cret@db.example/x\n';
    const text = await run(yaml, 'config', 'show', '--port', '1234');
    expect(text).toContain('port: 1234  # flag\n');
    expect(text).toContain('graceMs: 7  # file\n');
    expect(text).toContain('auth: "required"  # default\n');
    expect(text).toContain('postgresql://tmuxy:[hidden]@db.example/x');
    expect(text).not.toContain('s3cret');
  });

  it('hides passwords wherever a URL has them', () => {
    expect(hidePassword('postgres://a:b:c@h/x?password=d&y=1')).toBe(
      'postgres://a:[hidden]@h/x?password=[hidden]&y=1',
    );
  });
});

describe('tmuxy tls self-signed', () => {
  it('makes a pair for the hosts, its key for its owner only', async () => {
    const text = await run(
      '',
      'tls',
      'self-signed',
      '--host',
      'box.lan,192.168.1.4',
      '--days',
      '3',
    );
    const certificate = new X509Certificate(readFileSync(join(dir, 'state', 'tls', 'cert.pem')));
    expect(certificate.subjectAltName).toBe('DNS:box.lan, IP Address:192.168.1.4');
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(text).toContain(certificate.fingerprint256);
    expect(text).toContain(`--tls-key ${join(dir, 'state', 'tls', 'key.pem')}`);
    expect(statSync(join(dir, 'state', 'tls', 'key.pem')).mode & 0o777).toBe(0o600);
  });

  it('replaces nothing unless told to', async () => {
    await run('', 'tls', 'self-signed');
    await expect(run('', 'tls', 'self-signed')).rejects.toThrow('--force');
    await run('', 'tls', 'self-signed', '--force');
  });

  it.each([
    ['--host', 'a b'],
    ['--host', 'x:1'],
    ['--days', '0'],
    ['--days', '826'],
  ])('refuses %s %s', async (flag, value) => {
    await expect(run('', 'tls', 'self-signed', flag, value)).rejects.toThrow(flag);
  });
});
