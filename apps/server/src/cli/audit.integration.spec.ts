import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { segmentName } from '#audit-log';
import { waitFor } from '#testing';
import { runTmuxy } from '../testing/run-tmuxy.js';
import {
  appendToSegment,
  auditLine,
  auditLines,
  auditRecord,
  writeSegment,
} from '../testing/audit-files.js';
import { CliError } from './cli.errors.js';

const HOSTILE = 'x\n{"seq":9}\u001b[2J\u009b1m\u202e\u2028\0';

let dir: string;
let log: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-cli-'));
  log = join(dir, 'state', 'audit');
});

afterEach(() => {
  rmSync(dir, { recursive: true });
});

const tmuxy = (...args: readonly string[]): Promise<string> =>
  runTmuxy(join(dir, 'state'), 'audit', ...args);

const seqsIn = (text: string): number[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { seq: number }).seq);

describe('tmuxy audit tail', () => {
  it('prints the last records for people', async () => {
    writeSegment(
      log,
      1,
      auditLines(1, 30) +
        auditLine(31, {
          action: 'tmux.command',
          target: { session: 'my work' },
          decision: 'denied',
          rule: 'no-shell',
          reason: 'policy-denied: not that',
        }),
    );
    const lines = (await tmuxy('tail')).split('\n');
    expect(lines).toHaveLength(21);
    expect(lines[19]).toBe(
      '2026-01-01T00:00:31.000Z  ana@::1  tmux.command  session="my work"  denied  rule=no-shell  (policy-denied: not that)',
    );
    expect((await tmuxy('tail', '-n', '2')).split('\n')).toHaveLength(3);
    expect(await tmuxy('tail', '-n', '0')).toBe('');
  });

  it('[K15] lets nothing of a record reach the terminal', async () => {
    const actor = { name: HOSTILE, role: null, credential: null, method: null, address: HOSTILE };
    const target = { session: HOSTILE, [HOSTILE]: { [HOSTILE]: HOSTILE } };
    writeSegment(log, 1, auditLine(1, { actor, target, reason: HOSTILE, outcome: 'failed' }));
    const said = await tmuxy('tail');
    expect(said.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(said).toContain('x\\u{a}{"seq":9}\\u{1b}[2J');
  });

  it('prints what fits, as it is in the log', async () => {
    const lines = auditLine(1) + auditLine(2, { action: 'file.read' }).replace('"v":1', '"v": 1');
    writeSegment(log, 1, lines + auditLines(3, 50));
    expect(await tmuxy('tail', '--json', '--action', 'file.*')).toBe(
      `${lines.split('\n')[1] ?? ''}\n`,
    );
    expect(await tmuxy('tail', '--json', '--until', '2026-01-01T00:00:02Z')).toBe(auditLine(1));
    expect(await tmuxy('tail', '--json', '-q', 'FILE.READ')).toContain('"seq":2');
  });

  it('follows, over segments, until its reader goes away', async () => {
    writeSegment(log, 1, auditLines(1, 3));
    const running = tmuxy('tail', '-f', '-n', '1', '--json');
    // What prints while it runs; `tmuxy` put it there.
    const { calls } = (process.stdout.write as unknown as jest.Mock<boolean, [string]>).mock;
    const hasPrinted = (seq: number): boolean =>
      calls.some(([text]) => text.includes(`"seq":${seq}`));
    await waitFor(() => hasPrinted(3));
    writeSegment(log, 4, auditLine(4));
    appendToSegment(log, 4, auditLine(5));
    await waitFor(() => hasPrinted(5));
    process.stdout.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }));
    expect(seqsIn(await running)).toEqual([3, 4, 5]);
  });

  it.each([
    [['--since', 'yesterday'], /'since' is a time/],
    [['--decision', 'maybe'], /'decision' is allowed or denied/],
    [['-n', '-1'], /--lines is a number/],
    [['-n', '10001'], /tmuxy audit export/],
  ])('says what is wrong with %j', async (flags, message) => {
    writeSegment(log, 1, auditLine(1));
    await expect(tmuxy('tail', ...flags)).rejects.toThrow(message);
    await expect(tmuxy('tail', ...flags)).rejects.toThrow(CliError);
  });

  it('says where it looked when there is no log', async () => {
    await expect(tmuxy('tail')).rejects.toThrow(log);
    await expect(tmuxy('export', '--dir', join(dir, 'else'))).rejects.toThrow(join(dir, 'else'));
  });

  it('says why a log cannot be read', async () => {
    const path = join(dir, 'file');
    writeFileSync(path, '', { mode: 0o700 });
    await expect(tmuxy('tail', '--dir', path)).rejects.toThrow('(ENOTDIR)');
    await expect(tmuxy('tail', '--dir', path)).rejects.toThrow(CliError);
  });

  it('reads the directory of the configuration, or the one it is given', async () => {
    const other = join(dir, 'other');
    writeSegment(other, 1, auditLine(1));
    const config = join(dir, 'tmuxy.yaml');
    writeFileSync(config, `audit:\n  dir: ${other}\n`);
    expect(await tmuxy('tail', '--json', '--dir', other)).toBe(auditLine(1));
    expect(await tmuxy('tail', '--json', '--config', config)).toBe(auditLine(1));
  });

  it('is not kept waiting by a pipe in the place of a segment', async () => {
    writeSegment(log, 1, auditLine(1));
    execFileSync('mkfifo', [join(log, segmentName(2))]);
    expect(await tmuxy('tail', '--json')).toBe(auditLine(1));
  });
});

describe('tmuxy audit export', () => {
  it('[K15] writes lines that are byte for byte those of the log', async () => {
    const record = { target: { path: HOSTILE, name: 'é🚀\ud800' }, reason: HOSTILE };
    const lines = auditLine(1, record) + auditLines(2, 500);
    writeSegment(log, 1, `${lines}damaged\n`);
    writeSegment(log, 501, auditLine(501));
    expect(await tmuxy('export')).toBe(lines + auditLine(501));
    const [first = ''] = (await tmuxy('export')).split('\n', 1);
    expect(JSON.parse(first)).toEqual(auditRecord(1, record));
  });

  it('writes into a new file of its owner, and over none', async () => {
    const out = join(dir, 'out.csv');
    writeSegment(log, 1, auditLines(1, 2));
    await tmuxy('export', '--format', 'csv', '--out', out);
    expect(readFileSync(out, 'utf8').split('\r\n')).toHaveLength(4);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    await expect(tmuxy('export', '--out', out)).rejects.toThrow('is there already');
    expect(readFileSync(out, 'utf8').split('\r\n')).toHaveLength(4);
  });

  it('[K25] writes what was done to one session as an asciicast', async () => {
    writeSegment(
      log,
      1,
      auditLine(1, { target: { session: 'other' } }) +
        auditLine(2, {
          action: 'input.keys',
          target: { session: HOSTILE },
          params: { bytes: 3, text: 'ls\r' },
        }) +
        auditLine(3, { action: 'tmux.command', target: { session: HOSTILE } }),
    );
    for (const [format, version] of [
      ['asciicast-v2', 2],
      ['asciicast-v3', 3],
    ] as const) {
      const text = await tmuxy('export', '--format', format, '--session', HOSTILE);
      const [header, ...events] = text
        .slice(0, -1)
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      expect(header).toMatchObject({ version, title: HOSTILE, timestamp: 1_767_225_602 });
      expect(events).toEqual([
        [0, 'i', 'ls\r'],
        [1, 'm', 'ana tmux.command'],
      ]);
    }
  });

  it('says what an asciicast needs, and leaves no file behind', async () => {
    writeSegment(log, 1, auditLine(1));
    mkdirSync(join(dir, 'out'));
    const out = join(dir, 'out', 'cast');
    await expect(tmuxy('export', '--format', 'asciicast-v3')).rejects.toThrow('--session');
    await expect(
      tmuxy('export', '--format', 'asciicast-v3', '--session', 'none', '--out', out),
    ).rejects.toThrow('nothing of this session');
    expect(readdirSync(join(dir, 'out'))).toEqual([]);
  });
});
