import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { waitFor } from '#testing';
import type { AuditEntry } from '#audit-log';
import type { DirectoryEntryView, DirectoryView } from '#dto';
import { AUDIT_LOG } from '../audit/audit-log.token.js';
import { AuditWriteError } from '../audit/audit.errors.js';
import type { AuditLog } from '../audit/log/audit-log.js';
import { RATE_LIMITS } from '../http/rate-limit/rate-limits.js';
import { FilesUnderTest } from '../testing/files-under-test.js';
import type { TestClient, TestReply } from '../testing/test-client.js';
import { ENTRIES_MAX, NAMES_MAX } from './directory-listing.js';

let files: FilesUnderTest;
let client: TestClient;

beforeAll(async () => {
  files = await FilesUnderTest.start({ denyNames: ['*.bak'] });
  client = await files.server.clientOf({ role: 'viewer' });
});

afterAll(async () => {
  await files.stop();
});

const read = (path: string, route = 'file', who = client): Promise<TestReply> =>
  who.request(`api/${route}?path=${encodeURIComponent(path)}`);

async function list(path: string, who = client): Promise<DirectoryView> {
  const reply = await read(path, 'directory', who);
  expect(reply.status).toBe(200);
  return reply.body as DirectoryView;
}

async function entryOf(path: string, name: string): Promise<DirectoryEntryView | undefined> {
  return (await list(path)).entries.find((entry) => entry.name === name);
}

const reasonOf = ({ status, body }: TestReply): unknown => [
  status,
  (body as { details?: { reason?: unknown } }).details?.reason,
];

describe('a directory', () => {
  it('lists directories first, then by name, and says what each is', async () => {
    mkdirSync(files.work('kinds'));
    const inside = (name: string): string => files.work('kinds', name);
    mkdirSync(inside('zoo'));
    for (const name of ['file10', 'file2', 'Äpfel', 'apple']) writeFileSync(inside(name), 'xyz');
    symlinkSync('/etc/passwd', inside('link'));
    linkSync(inside('apple'), inside('twin'));
    execFileSync('mkfifo', [inside('pipe')]);
    const { entries } = await list(files.work('kinds'));
    expect(entries.map(({ name, kind, size, blocked }) => [name, kind, size, blocked])).toEqual([
      ['zoo', 'directory', 0, undefined],
      ['Äpfel', 'file', 3, undefined],
      ['apple', 'file', 3, 'hard-link'],
      ['file2', 'file', 3, undefined],
      ['file10', 'file', 3, undefined],
      ['link', 'symlink', 0, 'symlink'],
      ['pipe', 'other', 0, 'special'],
      ['twin', 'file', 3, 'hard-link'],
    ]);
  });

  it('does not tell of what is given to nobody', async () => {
    mkdirSync(files.work('quiet', '.ssh'), { recursive: true });
    for (const name of ['.bashrc', '.env', 'server.key', 'Server.PEM', 'id_rsa', 'old.bak', 'ok']) {
      writeFileSync(files.work('quiet', name), 'x');
    }
    expect((await list(files.work('quiet'))).entries.map(({ name }) => name)).toEqual(['ok']);
    for (const name of ['.env', 'server.key', 'Server.PEM', 'id_rsa', 'old.bak', '.ssh']) {
      expect(reasonOf(await read(files.work('quiet', name)))).toEqual([403, 'denied-name']);
    }
    expect(reasonOf(await read(files.work('quiet', '.bashrc')))).toEqual([403, 'dotfile']);
  });

  it('gives names of any bytes, and a way to ask for them', async () => {
    mkdirSync(files.work('names'));
    const names = [
      'line\nfeed',
      `quotes"'\``,
      'esc\u001b[2Jape',
      '\u202eright',
      'space ',
      '-rf',
      '$(id)',
      '%2e%2e',
      'x'.repeat(255),
      '漢'.repeat(85),
    ];
    for (const name of names) writeFileSync(files.work('names', name), name);
    const bytes = Buffer.from([0x66, 0xff, 0xfe, 0x21]);
    const strange = Buffer.concat([Buffer.from(files.work('names/')), bytes]);
    writeFileSync(strange, 'strange');
    const { entries } = await list(files.work('names'));
    expect(entries.map(({ name }) => name).sort()).toEqual([...names, 'f\ufffd\ufffd!'].sort());
    for (const name of names) {
      const reply = await read(files.work('names', name));
      expect([reply.status, reply.body]).toEqual([200, name]);
    }
    const path64 = entries.find(({ name }) => name === 'f\ufffd\ufffd!')?.path64 ?? '';
    expect(Buffer.from(path64, 'base64url').equals(strange)).toBe(true);
    const reply = await client.request(`api/file?path64=${path64}`);
    expect(reply.body).toBe('strange');
    expect(reply.headers.get('content-disposition')).toContain('attachment');
    expect((await read(files.work('names', 'f\ufffd\ufffd!'))).status).toBe(404);
  });

  it('has times that no calendar has', async () => {
    writeFileSync(files.work('future'), '');
    utimesSync(files.work('future'), 1e10, 1e10);
    expect((await entryOf(files.work(), 'future'))?.modified).toMatch(/^[\d+-]+T/);
  });

  it('[D31] of very many names is cut, and stops nothing else', async () => {
    mkdirSync(files.work('many'));
    for (let i = 0; i < ENTRIES_MAX + 500; i++) symlinkSync('x', files.work('many', `n${i}`));
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const { entries, truncated } = await list(files.work('many'));
    isOver = true;
    expect([entries.length, truncated]).toEqual([ENTRIES_MAX, true]);
    // Whoever else has something to do had their turn all the time.
    expect(turns).toBeGreaterThan(ENTRIES_MAX / 100);
  });

  it('[D31] of very many names that are not given is cut as well', async () => {
    mkdirSync(files.work('hidden'));
    for (let i = 0; i <= NAMES_MAX; i++) symlinkSync('x', files.work('hidden', `.h${i}`));
    const { entries, truncated } = await list(files.work('hidden'));
    expect([entries.length, truncated]).toEqual([0, true]);
  });

  it('can lie deep, but not deeper than is walked', async () => {
    const deep = (n: number): string => files.work(...Array.from({ length: n }, () => 'd'));
    const depth = 64 - files.work().split('/').length + 1;
    mkdirSync(deep(depth + 1), { recursive: true });
    expect((await read(deep(depth), 'directory')).status).toBe(200);
    expect((await read(deep(depth + 1), 'directory')).status).toBe(400);
  });

  it('is not a file, and a file is no directory', async () => {
    writeFileSync(files.work('plain'), '');
    expect((await read(files.work('plain'), 'directory')).status).toBe(400);
    expect((await read(files.work())).status).toBe(400);
  });
});

describe('what is no file', () => {
  const sockets: Server[] = [];

  afterAll(() => {
    for (const socket of sockets) socket.close();
  });

  it('[D25] a FIFO is not waited for', async () => {
    execFileSync('mkfifo', [files.work('fifo')]);
    expect(reasonOf(await read(files.work('fifo')))).toEqual([403, 'special']);
  });

  it('[D27] a socket is refused', async () => {
    const socket = createServer().listen(files.work('socket'));
    sockets.push(socket);
    await waitFor(() => readdirSync(files.work()).includes('socket'));
    expect(reasonOf(await read(files.work('socket')))).toEqual([403, 'special']);
  });

  const isRoot = process.getuid?.() === 0;
  const asRoot = isRoot ? it : it.skip;

  asRoot('[D25] a device in the root is refused (only root can make one)', async () => {
    const devices = [
      ['zero', 'c', '1', '5'],
      ['random', 'c', '1', '8'],
      ['tty', 'c', '5', '0'],
      ['disk', 'b', '7', '250'],
    ];
    for (const [name = '', ...numbers] of devices) {
      execFileSync('mknod', [files.work(`dev-${name}`), ...numbers]);
      expect(reasonOf(await read(files.work(`dev-${name}`)))).toEqual([403, 'special']);
    }
  });
});

describe('every look', () => {
  it('is recorded before it is answered', async () => {
    const log = files.server.running.app.get<AuditLog>(AUDIT_LOG);
    const entries: AuditEntry[] = [];
    const append = log.append.bind(log);
    const spy = jest.spyOn(log, 'append').mockImplementation((entry, until) => {
      entries.push(entry);
      return append(entry, until);
    });
    writeFileSync(files.work('seen'), 'seen');
    await read(files.work('seen'));
    await list(files.work());
    await waitFor(() => entries.filter(({ outcome }) => outcome === 'ok').length === 2);
    spy.mockRestore();
    const actor = expect.objectContaining({ name: 'ana', role: 'viewer' }) as unknown;
    expect(entries.filter(({ action }) => action.startsWith('file.'))).toMatchObject([
      { action: 'file.read', actor, decision: 'allowed', target: { path: files.work('seen') } },
      { action: 'file.read', actor, outcome: 'ok', params: { bytes: 4 } },
      { action: 'file.list', actor, decision: 'allowed', target: { path: files.work() } },
      { action: 'file.list', actor, outcome: 'ok' },
    ]);
  });

  it('is refused while it cannot be recorded', async () => {
    const log = files.server.running.app.get<AuditLog>(AUDIT_LOG);
    writeFileSync(files.work('unseen'), 'unseen');
    const append = jest.spyOn(log, 'append').mockRejectedValue(new AuditWriteError('full'));
    const replies = [await read(files.work('unseen')), await read(files.work(), 'directory')];
    append.mockRestore();
    for (const { status, body } of replies) {
      expect(status).toBe(503);
      expect(JSON.stringify(body)).not.toContain('unseen');
    }
    expect((await read(files.work('unseen'))).status).toBe(200);
  });

  it('counts against a limit of its own', async () => {
    const eager = await files.server.clientOf({ name: 'eager' });
    const { limit } = RATE_LIMITS.files;
    const ask = (): Promise<TestReply> => eager.request('api/directory?path=none');
    const replies = await Promise.all(Array.from({ length: limit + 1 }, ask));
    const refused = replies.filter(({ status }) => status !== 404);
    expect(refused.map(({ status }) => status)).toEqual([429]);
    expect((await eager.request('api/me')).status).toBe(200);
  });
});

it('[D25] a file without an end that is there is refused by its size', async () => {
  writeFileSync(files.work('sparse'), '');
  truncateSync(files.work('sparse'), 2 ** 40);
  expect((await entryOf(files.work(), 'sparse'))?.size).toBe(2 ** 40);
  expect((await read(files.work('sparse'))).status).toBe(413);
});
