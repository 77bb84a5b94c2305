import { execFile } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import {
  chmod,
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type AuditEntry, parseRecord, type AuditRecord } from '#audit-log';
import { tempDir, type TempDir, waitFor } from '#testing';
import { faultyFiles } from '../../testing/faulty-files.js';
import { openTestLog, type TestLog } from '../../testing/open-test-log.js';
import { AuditWriteError } from '../audit.errors.js';
import type { AuditLog } from './audit-log.js';
import { NODE_FILES } from './log-files.js';
import { openAuditLog } from './open-audit-log.js';

const run = promisify(execFile);
const ACTOR = { name: 'ada', role: null, credential: 'cli', method: null, address: null } as const;

let temp: TempDir;
let opened: TestLog[];

beforeEach(async () => {
  temp = await tempDir();
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map(({ log }) => log.close()));
  await temp.remove();
});

async function open(options: Parameters<typeof openTestLog>[1] = {}): Promise<TestLog> {
  const test = await openTestLog(temp.path, options);
  opened.push(test);
  return test;
}

const entry = (text: string): AuditEntry => ({
  action: 'file.read',
  actor: ACTOR,
  params: { text },
});
const add = (
  log: AuditLog,
  text: string,
  until: 'written' | 'synced' = 'written',
): Promise<number> => log.append(entry(text), until);

async function segments(dir: string): Promise<readonly string[]> {
  return (await readdir(dir)).filter((name) => name.endsWith('.jsonl')).sort();
}

async function records(dir: string): Promise<readonly AuditRecord[]> {
  const names = await segments(dir);
  const texts = await Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')));
  return texts.flatMap((text) => text.split('\n').slice(0, -1)).map((line) => parseRecord(line)!);
}

async function actions(dir: string): Promise<readonly string[]> {
  return (await records(dir)).map(({ action }) => action);
}

/** Appends again and again until it works, as whoever owes a record does. */
const retried = (log: AuditLog, text: string): Promise<number> =>
  waitFor(() => add(log, text, 'synced'), { timeoutMs: 10_000, what: 'the log to recover' });

describe(openAuditLog.name, () => {
  it('makes what it needs for its owner only, and a log that verifies', async () => {
    const { log, dir, verify } = await open();
    expect(await Promise.all([add(log, 'a'), add(log, 'b', 'synced')])).toEqual([3, 4]);
    expect(log.status).toMatchObject({ state: 'recording', reason: null, size: 4 });
    await log.close();
    expect(await actions(dir)).toEqual([
      'log.segment',
      'log.opened',
      'file.read',
      'file.read',
      'log.closed',
    ]);
    expect(verify()).toMatchObject({ isIntact: true, findings: [], size: 5, vouchedFor: 5 });
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    const names = (await readdir(dir)).map((name) => join(dir, name));
    for (const file of [...names, join(temp.path, 'key.pem')]) {
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    }
    await expect(add(log, 'c')).rejects.toThrow(AuditWriteError);
  });

  it('goes on with its chain, over segments, and signs as it goes', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { log } = await open({ segmentBytes: 4096 });
      await Promise.all(
        Array.from({ length: 20 }, (_, at) => add(log, `${round}-${at}`, 'synced')),
      );
      await log.close();
    }
    const [{ dir, verify }] = opened as [TestLog];
    const result = verify();
    expect(result).toMatchObject({ isIntact: true, findings: [], vouchedFor: result.size });
    const all = await segments(dir);
    expect(all.length).toBeGreaterThan(5);
    expect((await stat(join(dir, all[1]!))).size).toBeLessThan(3 * 4096);
  });

  it('is begun by one of several that find it empty, and gone on with by the others', async () => {
    const opened = await Promise.all(Array.from({ length: 4 }, () => open()));
    await Promise.all(opened.map(({ log }, at) => add(log, String(at), 'synced')));
    for (const { log } of opened) await log.close();
    const [{ verify }] = opened as [TestLog];
    expect(verify()).toMatchObject({ isIntact: true, findings: [] });
  });

  it('signs after 1,000 records, without waiting for the clock', async () => {
    const { log, verify } = await open();
    await Promise.all(Array.from({ length: 1200 }, (_, at) => add(log, String(at))));
    await waitFor(() => log.status.checkpoint, { what: 'a checkpoint' });
    expect(verify().vouchedFor).toBeGreaterThan(1000);
  });

  it('says when it adds, and tells those who listen no more nothing', async () => {
    const { log } = await open();
    let told = 0;
    const stop = log.onAppended(() => (told += 1));
    await add(log, 'a');
    expect(told).toBe(1);
    stop();
    await add(log, 'b');
    expect(told).toBe(1);
  });

  it('refuses entries past the bound of what waits', async () => {
    const { log } = await open();
    const results = await Promise.allSettled(Array.from({ length: 10_500 }, () => add(log, 'x')));
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(500);
    expect(log.status.state).toBe('recording');
  });

  it('refuses a key that others may read, and a directory that others may write to', async () => {
    const { log, dir } = await open();
    await log.close();
    await chmod(join(temp.path, 'key.pem'), 0o640);
    await expect(openTestLog(temp.path)).rejects.toThrow(/chmod 600/);
    await chmod(join(temp.path, 'key.pem'), 0o600);
    await chmod(dir, 0o770);
    await expect(openTestLog(temp.path)).rejects.toThrow(/chmod go-w/);
    await writeFile(join(temp.path, 'key.pem'), 'nonsense', { mode: 0o600 });
    await chmod(dir, 0o700);
    await expect(openTestLog(temp.path)).rejects.toThrow(/Ed25519/);
  });

  it('says that its directory cannot be made, also where nothing ever can be', async () => {
    const file = join(temp.path, 'file');
    await writeFile(file, '');
    for (const dir of [join(file, 'log'), '/proc/tmuxy/log', '/proc/tmuxy']) {
      await expect(open({ dir })).rejects.toThrow(/cannot be used: .+ Set audit\.dir to another/);
    }
    const deep = await open({ dir: join(temp.path, 'a', 'b') });
    expect((await stat(join(temp.path, 'a'))).mode & 0o777).toBe(0o700);
    expect(deep.log.status.state).toBe('recording');
  });

  it('[K11] sets a torn last line aside, wherever it was torn', async () => {
    const first = await open();
    await add(first.log, 'caf\u00e9', 'synced');
    await first.log.close();
    const [name] = await segments(first.dir);
    const whole = await readFile(join(first.dir, name!));
    const start = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
    const last = whole.subarray(start);
    const pieces = Array.from({ length: last.length - 1 }, (_, at) => last.subarray(0, at + 1));
    pieces.push(Buffer.alloc(300), Buffer.concat([last.subarray(0, 40), Buffer.alloc(5000)]));
    for (const [number, torn] of pieces.entries()) {
      const dir = join(temp.path, String(number));
      await mkdir(join(dir, 'log'), { recursive: true, mode: 0o700 });
      await copyFile(join(temp.path, 'key.pem'), join(dir, 'key.pem'));
      await writeFile(join(dir, 'log', name!), Buffer.concat([whole, torn]));
      const { log, verify } = await openTestLog(dir, { sync: 'never' });
      await log.close();
      expect(verify()).toMatchObject({ isIntact: true, records: log.status.size });
      const recovered = (await records(join(dir, 'log'))).filter(
        ({ action }) => action === 'log.recovered',
      );
      expect(recovered).toHaveLength(1);
      expect(recovered[0]?.params).toMatchObject({
        bytes: torn.length,
        file: `${name!}.torn-1`,
      });
      const aside = readFileSync(join(dir, 'log', `${name!}.torn-1`));
      expect(aside.equals(torn)).toBe(true);
      await rm(dir, { recursive: true });
    }
  }, 120_000);

  it('[K11] begins anew a segment whose first record was torn', async () => {
    const first = await open({ segmentBytes: 1500 });
    for (let at = 0; at < 8; at += 1) await add(first.log, String(at));
    await first.log.close();
    for (const bytes of [100, 0]) {
      const names = await segments(first.dir);
      await truncate(join(first.dir, names.at(-1)!), bytes);
      await rm(join(first.dir, 'checkpoints'));
      const { log, verify } = await open({ segmentBytes: 1500 });
      await add(log, 'more');
      await log.close();
      expect(verify().findings.filter(({ level }) => level === 'error')).toEqual([]);
    }
  });

  it('goes on after damage, and says so', async () => {
    const first = await open();
    for (let at = 0; at < 5; at += 1) await add(first.log, `text ${at}`);
    await first.log.close();
    const [name] = await segments(first.dir);
    const text = await readFile(join(first.dir, name!), 'utf8');
    await writeFile(join(first.dir, name!), text.replace('text 2', 'text 9'));
    const { log, verify } = await open();
    await add(log, 'after');
    await log.close();
    expect(await actions(first.dir)).toContain('log.damaged');
    const result = verify();
    expect(result.findings.filter(({ level }) => level === 'error')).toMatchObject([
      { code: 'changed', place: { seq: 5 } },
    ]);
    expect(result.vouchedFor).toBe(result.size);
  });

  it('says that nothing was signed for more than a day before it signs that', async () => {
    const day = 24 * 3600 * 1000;
    let now = Date.now() - 3 * day;
    const first = await open({ clock: () => now });
    await add(first.log, 'a', 'synced');
    now += 2 * day;
    await add(first.log, 'b', 'synced');
    await first.log.close();
    await rm(join(first.dir, 'checkpoints'));
    const { log, dir } = await open();
    expect(await records(dir)).toContainEqual(
      expect.objectContaining({
        action: 'log.damaged',
        reason: expect.stringContaining('no checkpoint vouches for') as string,
      }),
    );
    await log.close();
  });

  it('signs at once what a server that was killed left unsigned', async () => {
    const first = await open();
    await add(first.log, 'a', 'synced');
    await first.log.close();
    await rm(join(first.dir, 'checkpoints'));
    const { log, verify } = await open();
    await waitFor(() => log.status.checkpoint !== null);
    expect(verify().vouchedFor).toBeGreaterThanOrEqual(4);
  });

  it('says that its end was cut off before a checkpoint', async () => {
    const first = await open();
    for (let at = 0; at < 5; at += 1) await add(first.log, String(at));
    await first.log.close();
    const [name] = await segments(first.dir);
    const lines = (await readFile(join(first.dir, name!), 'utf8')).split('\n');
    await writeFile(join(first.dir, name!), `${lines.slice(0, 4).join('\n')}\n`);
    const { log, verify } = await open();
    await log.close();
    const damaged = (await records(first.dir)).find(({ action }) => action === 'log.damaged');
    expect(damaged?.reason).toMatch(/8 records were signed, but only 4/);
    expect(verify().isIntact).toBe(false);
  });

  it('shares a log with others who write', async () => {
    const options = { segmentBytes: 8192 };
    const [a, b] = [await open(options), await open(options)];
    const seqs = await Promise.all(
      Array.from({ length: 200 }, (_, at) => add((at % 2 ? a : b).log, String(at), 'synced')),
    );
    expect(new Set(seqs).size).toBe(200);
    await a.log.close();
    await add(b.log, 'alone');
    await b.log.close();
    const result = b.verify();
    expect(result).toMatchObject({ isIntact: true, records: result.size, vouchedFor: result.size });
  });

  it.each([
    ['deleted', (file: string) => rm(file)],
    [
      'replaced by a copy',
      async (file: string) => {
        await copyFile(file, `${file}.copy`);
        await rename(`${file}.copy`, file);
      },
    ],
    [
      'replaced by a link',
      async (file: string) => {
        await rename(file, `${file}.moved`);
        await symlink(`${file}.moved`, file);
      },
    ],
    [
      'replaced by a FIFO',
      async (file: string) => {
        await rm(file);
        await run('mkfifo', [file]);
      },
    ],
    ['given a second name', (file: string) => link(file, `${file}.second`)],
    ['cut off', (file: string) => truncate(file, 200)],
    [
      'written to by others',
      (file: string) => {
        appendFileSync(file, '{"seq":1}\n');
        return Promise.resolve();
      },
    ],
  ])('[K13] refuses to record once its file was %s', async (_, tamper) => {
    const { log, dir } = await open();
    await add(log, 'before', 'synced');
    const [name] = await segments(dir);
    await tamper(join(dir, name!));
    await expect(add(log, 'after')).rejects.toThrow(AuditWriteError);
    expect(log.status).toMatchObject({ state: 'failing' });
    expect(log.status.reason).not.toContain(dir);
    await expect(add(log, 'again')).rejects.toThrow(AuditWriteError);
    expect(log.status.size).toBe(3);
  });

  it('[K13] goes on when its file is back', async () => {
    const { log, dir, verify } = await open();
    const [name] = await segments(dir);
    await rename(join(dir, name!), join(dir, 'away'));
    await expect(add(log, 'a')).rejects.toThrow(/deleted or renamed/);
    await rename(join(dir, 'away'), join(dir, name!));
    await retried(log, 'b');
    await log.close();
    expect(await actions(dir)).toContain('log.resumed');
    expect(verify().isIntact).toBe(true);
  });

  it('does not give two writers a lock each when somebody deletes it', async () => {
    const [a, b] = [await open(), await open()];
    await rm(join(a.dir, 'lock'));
    await Promise.all(Array.from({ length: 50 }, (_, at) => add((at % 2 ? a : b).log, String(at))));
    expect(a.verify()).toMatchObject({ isIntact: true });
  });

  it.each(['EIO', 'EROFS', 'EDQUOT', 'ENOSPC', 'EMFILE'])(
    '[K9] loses nothing that it acknowledged, and recovers, when it meets %s',
    async (code) => {
      const faulty = faultyFiles();
      const { log, dir, verify } = await open({
        files: faulty.files,
        segmentBytes: 16_384,
        retryMs: 5,
      });
      const states: string[] = [];
      log.onStateChange(({ state }) => states.push(state));
      const acknowledged: string[] = [];
      for (let trial = 0; trial < 60; trial += 1) {
        let left = 3;
        const operation = (['write', 'sync', 'create', 'syncDir'] as const)[trial % 4]!;
        faulty.fault = (asked, bytes) => {
          if (asked !== operation || (left -= 1) < 0) return undefined;
          return { code, short: asked === 'write' ? (trial * 97 + left * 31) % bytes : 0 };
        };
        const texts = Array.from({ length: 40 }, (_, at) => `${trial}-${at} ${'x'.repeat(200)}`);
        const results = await Promise.allSettled(
          texts.map((text, at) => add(log, text, at % 2 ? 'synced' : 'written')),
        );
        acknowledged.push(...texts.filter((_, at) => results[at]?.status === 'fulfilled'));
        for (const result of results) {
          if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(AuditWriteError);
        }
        faulty.fault = undefined;
        await retried(log, `recovered ${trial}`);
      }
      await log.close();
      expect(states).toContain('failing');
      expect(states.at(-1)).toBe('recording');
      expect(verify()).toMatchObject({ isIntact: true, records: log.status.size });
      const there = new Set((await records(dir)).map(({ params }) => params?.['text']));
      expect(acknowledged.filter((text) => !there.has(text))).toEqual([]);
    },
    60_000,
  );

  it('refuses while the disk does not answer, piles nothing up, and goes on when it does', async () => {
    let answer = (): void => undefined;
    let hung = Promise.resolve();
    const sync = async (fd: number): Promise<void> => {
      await hung;
      await NODE_FILES.sync(fd);
    };
    const { log, dir, verify } = await open({
      files: { ...NODE_FILES, sync },
      retryMs: 5,
      syncWaitMs: 50,
    });
    await add(log, 'before', 'synced');
    hung = new Promise((resolve) => (answer = resolve));
    await expect(add(log, 'hangs', 'synced')).rejects.toThrow('the disk does not answer');
    expect(log.status).toMatchObject({ state: 'failing', reason: 'the disk does not answer' });
    const { size } = log.status;
    for (const until of ['written', 'synced', 'written'] as const) {
      await setTimeout(60);
      await expect(add(log, 'refused', until)).rejects.toThrow('the disk does not answer');
    }
    expect(log.status.size).toBe(size);
    answer();
    await waitFor(() => log.status.state === 'recording');
    await add(log, 'after', 'synced');
    await log.close();
    expect((await actions(dir)).filter((action) => action === 'log.resumed')).toHaveLength(1);
    expect(verify()).toMatchObject({ isIntact: true });
  });

  it('ends in time while the disk does not answer', async () => {
    const never = new Promise<void>(() => undefined);
    let isHung = false;
    const sync = (fd: number): Promise<void> => (isHung ? never : NODE_FILES.sync(fd));
    const { log, verify } = await open({ files: { ...NODE_FILES, sync }, syncWaitMs: 50 });
    isHung = true;
    await log.close();
    expect(verify()).toMatchObject({ isIntact: true });
  });

  it('opens failing on a disk that is full, and recovers by itself', async () => {
    const faulty = faultyFiles();
    faulty.fault = (operation) => (operation === 'write' ? { code: 'ENOSPC' } : undefined);
    const { log, dir, verify } = await open({ files: faulty.files });
    expect(log.status).toMatchObject({ state: 'failing', reason: 'the disk is full', size: 0 });
    await expect(add(log, 'a')).rejects.toThrow('the disk is full');
    faulty.fault = undefined;
    await waitFor(() => log.status.state === 'recording');
    await log.close();
    expect(await actions(dir)).toEqual(['log.segment', 'log.opened', 'log.resumed', 'log.closed']);
    expect(verify().isIntact).toBe(true);
  });

  it('warns of little space, and stops before there is none', async () => {
    const faulty = faultyFiles();
    let freeMiB = 1000;
    const files = { ...faulty.files, freeBytes: () => freeMiB * 1024 * 1024 };
    const { log, dir } = await open({ files, stopFreeMiB: 64 });
    await add(log, 'a');
    freeMiB = 300;
    await add(log, 'b');
    await add(log, 'c');
    freeMiB = 63;
    await expect(add(log, 'd')).rejects.toThrow(/63 MiB left, less than the 64 MiB/);
    freeMiB = 1000;
    await retried(log, 'e');
    await log.close();
    expect((await actions(dir)).filter((action) => action === 'log.low-space')).toHaveLength(1);
  });

  it('[K19] records that the clock was set back, and goes on', async () => {
    let now = Date.parse('2026-01-02T00:00:00Z');
    const { log, dir, verify } = await open({ clock: () => now });
    await add(log, 'a');
    now -= 24 * 3600 * 1000;
    await add(log, 'b');
    await add(log, 'c');
    await log.close();
    const all = await records(dir);
    expect(all.filter(({ action }) => action === 'log.clock')).toHaveLength(1);
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, at) => at + 1));
    expect(all.every(({ mono }, at) => at === 0 || mono >= all[at - 1]!.mono)).toBe(true);
    expect(verify()).toMatchObject({ isIntact: true, errors: 0, notes: 1 });
  });

  it('deletes what is old, says so first, and still verifies', async () => {
    let now = Date.parse('2026-01-02T00:00:00Z');
    const options = { clock: () => now, segmentBytes: 3000, keepDays: 30 };
    const first = await open(options);
    for (let at = 0; at < 30; at += 1) await add(first.log, String(at));
    await first.log.close();
    now += 40 * 24 * 3600 * 1000;
    const before = await segments(first.dir);
    const { log, dir, verify } = await open(options);
    await waitFor(async () => (await segments(dir)).length < 3);
    await log.close();
    expect(before.length).toBeGreaterThan(4);
    expect(await actions(dir)).toContain('log.pruned');
    const result = verify();
    expect(result).toMatchObject({ isIntact: true, vouchedFor: result.size });
    expect(result.findings.map(({ code }) => code)).toEqual(['pruned']);
  });
});
