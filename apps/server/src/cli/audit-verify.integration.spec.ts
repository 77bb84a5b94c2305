import { Command } from 'commander';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { truncateSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Verification } from '#audit-log';
import { tempDir, type TempDir } from '#testing';
import { openTestLog } from '../testing/open-test-log.js';
import { addAuditKey } from './audit-key.js';
import { addAuditProve } from './audit-prove.js';
import { addAuditVerify } from './audit-verify.js';
import { CliError } from './cli.errors.js';

const ACTOR = { name: 'ada', role: null, credential: 'cli', method: null, address: null } as const;
const NAME = '00000000000000000001.jsonl';

let temp: TempDir;
let dir: string;
let key: string;

beforeEach(async () => {
  temp = await tempDir();
  const test = await openTestLog(temp.path);
  dir = test.dir;
  key = test.log.status.publicKey;
  for (const text of ['one', 'two', '\u001b]0;three\u0007\u202e']) {
    await test.log.append({ action: 'file.read', actor: ACTOR, params: { text } }, 'written');
  }
  await test.log.close();
});

afterEach(async () => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
  await temp.remove();
});

interface Ended {
  readonly status: unknown;
  readonly said: string;
  readonly complained: string;
}

async function audit(...args: readonly string[]): Promise<Ended> {
  let [said, complained] = ['', ''];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complained += String(text);
    return true;
  });
  process.exitCode = undefined;
  const program = new Command();
  for (const add of [addAuditVerify, addAuditProve, addAuditKey]) add(program);
  await program.parseAsync(args, { from: 'user' });
  return { status: process.exitCode, said, complained };
}

const verify = (...args: readonly string[]): Promise<Ended> =>
  audit('verify', '--dir', dir, '--key', key, ...args);

async function change(from: string, to: string): Promise<void> {
  const text = await readFile(join(dir, NAME), 'utf8');
  await writeFile(join(dir, NAME), text.replace(from, to));
}

describe('tmuxy audit verify', () => {
  it('needs the public key alone, itself or in a file, and says what it saw', async () => {
    const { status, said } = await verify();
    expect(status).toBeUndefined();
    expect(said).toMatch(/is as it was written\.\n\n {2}records {5}6, the last is 6\n/);
    expect(said).toContain('signed      up to record 6\n');
    const file = join(temp.path, 'key.pub');
    await writeFile(file, `${key}\n`);
    await rm(join(temp.path, 'key.pem'));
    expect((await audit('verify', '--dir', dir, '--key', file)).status).toBeUndefined();
  });

  it('[K1] names what was changed, and what to do, with status 1', async () => {
    await change('two', 'tow');
    const { status, said } = await verify();
    expect(status).toBe(1);
    expect(said).toMatch(/is NOT as it was written: 1 finding\./);
    expect(said).toContain(`ERROR  changed: Record 4 (line 4 of ${NAME}) was changed`);
    expect(said).toContain('What to do: copy the directory');
    const json = JSON.parse((await verify('--json')).said) as Verification;
    expect(json).toMatchObject({
      isIntact: false,
      findings: [{ code: 'changed', place: { file: NAME, line: 4, seq: 4 } }],
    });
  });

  it('[K3] [K5] holds the log against checkpoints from elsewhere', async () => {
    const elsewhere = join(temp.path, 'elsewhere');
    await copyFile(join(dir, 'checkpoints'), elsewhere);
    const lines = (await readFile(join(dir, NAME), 'utf8')).split('\n');
    await writeFile(join(dir, NAME), `${lines.slice(0, 4).join('\n')}\n`);
    await rm(join(dir, 'checkpoints'));
    const alone = await verify();
    expect(alone.status).toBeUndefined();
    expect(alone.said).toContain('but nothing vouches for it');
    expect(alone.said).toContain(
      'note   unanchored-tail: No checkpoint vouches for the last 4 records',
    );
    const { status, said } = await verify('--checkpoints', elsewhere);
    expect(status).toBe(1);
    expect(said).toContain(
      'ERROR  truncated: The log ends with record 4, but 6 records were signed',
    );
  });

  it('says how far it is vouched for', async () => {
    const { log } = await openTestLog(temp.path);
    for (let at = 0; at < 3; at += 1) {
      await log.append({ action: 'file.read', actor: ACTOR }, 'synced');
    }
    const { status, said } = await verify();
    await log.close();
    expect(status).toBeUndefined();
    expect(said).toMatch(/is as it was written up to record \d+; /);
  });

  it('waits for the end of a line that is being written', async () => {
    const file = join(dir, NAME);
    const bytes = await readFile(file);
    truncateSync(file, bytes.length - 50);
    const rest = bytes.subarray(-50).toString('base64');
    const writer = spawn(process.execPath, [
      '-e',
      `console.log(); setTimeout(() => fs.appendFileSync(${JSON.stringify(file)}, Buffer.from('${rest}', 'base64')), 60)`,
    ]);
    await once(writer.stdout, 'data');
    const { status, said } = await verify();
    if (writer.exitCode === null) await once(writer, 'exit');
    expect(said).toContain('is as it was written.');
    expect(status).toBeUndefined();
  });

  it('[K7] finds files that only look like segments', async () => {
    await copyFile(join(dir, NAME), join(dir, 'copy\u001b[2J.jsonl'));
    const { status, said } = await verify();
    expect(status).toBe(1);
    expect(said).toContain('ERROR  not-a-segment: copy\\u{1b}[2J.jsonl');
    expect(said).not.toContain('\u001b');
  });

  it('[K27] comes to an end with what is huge or hostile', async () => {
    await writeFile(join(dir, '00000000000000000007.jsonl'), '['.repeat(5_000_000));
    truncateSync(join(dir, '00000000000000000007.jsonl'), 1024 ** 3);
    await mkdir(join(dir, '00000000000000000008.jsonl'));
    const { status, said } = await verify();
    expect(status).toBe(1);
    expect(said).toContain('00000000000000000008.jsonl could not be read: EISDIR');
  });

  it('says when nothing can be read, with status 2', async () => {
    const gone = await audit('verify', '--dir', join(temp.path, 'none'), '--key', key);
    expect(gone).toMatchObject({ status: 2, said: '' });
    expect(gone.complained).toMatch(/cannot be read \(ENOENT\)\. Say where it is with --dir/);
    expect(await audit('verify', '--dir', dir, '--key', 'tmuxy+nonsense')).toMatchObject({
      status: 2,
    });
    expect(await verify('--checkpoints', join(temp.path, 'none'))).toMatchObject({ status: 2 });
  });

  it('tells another key from a changed log', async () => {
    const other = await openTestLog(join(temp.path, 'other'));
    await other.log.close();
    const { status, said } = await audit(
      'verify',
      '--dir',
      dir,
      '--key',
      other.log.status.publicKey,
    );
    expect(status).toBe(1);
    expect(said).toContain('ERROR  checkpoint-not-signed');
    expect(said).toContain('signed      nothing by this key');
  });
});

describe('tmuxy audit prove', () => {
  it('proves a record to somebody without the log', async () => {
    const out = join(temp.path, 'five.tlog-proof');
    await audit('prove', '5', '--dir', dir, '--key', key, '--out', out);
    await rm(dir, { recursive: true });
    const { status, said } = await audit('verify', '--proof', out, '--key', key);
    expect(status).toBeUndefined();
    expect(said).toMatch(
      /^Record 5 is in the log, as one of its first 6:\n\n.*ada \(cli\) {2}file\.read/,
    );
    expect(said).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    await expect(audit('prove', '5', '--dir', dir, '--key', key, '--out', out)).rejects.toThrow(
      CliError,
    );
  });

  it('is refused by whoever checks it, once anything in it was changed', async () => {
    const { said: proof } = await audit('prove', '4', '--dir', dir, '--key', key);
    const file = join(temp.path, 'proof');
    for (let at = 0; at < proof.length - 1; at += 1) {
      const other = proof[at] === 'A' ? 'B' : 'A';
      await writeFile(file, proof.slice(0, at) + other + proof.slice(at + 1));
      const { status, said } = await audit('verify', '--proof', file, '--key', key);
      expect({ at, status, said }).toMatchObject({ at, status: 1 });
    }
  });

  it.each([
    ['0', /number of a record/],
    ['x', /number of a record/],
    ['7', /No checkpoint/],
  ])('says why there is none for %s', async (seq, why) => {
    await expect(audit('prove', seq, '--dir', dir, '--key', key)).rejects.toThrow(why);
  });

  it('proves nothing by a log that was changed', async () => {
    await change('two', 'tow');
    await expect(audit('prove', '5', '--dir', dir, '--key', key)).rejects.toThrow(/was changed/);
  });
});

describe('tmuxy audit key', () => {
  it('prints the public key of the log on this machine', async () => {
    await copyFile(join(temp.path, 'key.pem'), join(temp.path, 'audit-key.pem'));
    const { said } = await audit('key', '--state-dir', temp.path);
    // The name is that of this machine, the key is the same.
    expect(said).toMatch(/^tmuxy\/[^+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}\n$/);
    expect(said.trim().slice(-44)).toBe(key.slice(-44));
  });

  it('says what to do where there is none', async () => {
    await expect(audit('key', '--state-dir', temp.path)).rejects.toThrow(/--key/);
  });
});
