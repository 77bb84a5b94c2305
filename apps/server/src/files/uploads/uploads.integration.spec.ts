import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { DetailedError, Upload } from 'tus-js-client';
import { waitFor } from '#testing';
import type { AuditEntry } from '#audit-log';
import { AUDIT_LOG } from '../../audit/audit-log.token.js';
import { AuditWriteError } from '../../audit/audit.errors.js';
import type { AuditLog } from '../../audit/log/audit-log.js';
import { canMount } from '../../testing/can-mount.js';
import { FilesUnderTest, SECRET } from '../../testing/files-under-test.js';
import type { TestClient, TestReply } from '../../testing/test-client.js';
import { UploadCleaner } from './upload-cleaner.js';
import { LEFTOVER_MS, UNFINISHED_MAX, UPLOAD_EXPIRES_MS } from './upload-limits.js';

const UPLOAD_MAX_BYTES = 20 * 1024 * 1024;
const TUS = { 'Tus-Resumable': '1.0.0' };

let files: FilesUnderTest;
let client: TestClient;
let recorded: AuditEntry[];

beforeAll(async () => {
  files = await FilesUnderTest.start({ upload: true, uploadMaxBytes: UPLOAD_MAX_BYTES });
});

afterAll(async () => {
  await files.stop();
});

beforeEach(async () => {
  mkdirSync(files.work('dir'));
  client = await files.server.clientOf();
  recorded = recordsOf(files);
});

afterEach(() => {
  jest.restoreAllMocks();
  for (const dir of [files.work(), join(files.stateDir, 'uploads')]) {
    for (const name of existsSync(dir) ? readdirSync(dir) : []) {
      rmSync(join(dir, name), { recursive: true });
    }
  }
});

/** Everything that is added to the audit log from now on. */
function recordsOf({ server }: FilesUnderTest): AuditEntry[] {
  const entries: AuditEntry[] = [];
  const log = server.running.app.get<AuditLog>(AUDIT_LOG);
  const append = log.append.bind(log);
  jest.spyOn(log, 'append').mockImplementation((entry, until) => {
    entries.push(entry);
    return append(entry, until);
  });
  return entries;
}

const uploadRecords = (): readonly AuditEntry[] =>
  recorded.filter(({ action }) => action.startsWith('file.upload'));

interface Wanted {
  readonly path?: string;
  readonly name?: string | Buffer;
  readonly size?: number;
  readonly overwrite?: boolean;
  readonly metadata?: string;
}

function create(wanted: Wanted = {}, who = client): Promise<TestReply> {
  const { path = files.work('dir'), name = 'new.bin', size = 4, overwrite = false } = wanted;
  const encode = (value: string | Buffer): string => Buffer.from(value).toString('base64');
  const metadata =
    wanted.metadata ??
    `path ${encode(path)},name ${encode(name)}${overwrite ? `,overwrite ${encode('true')}` : ''}`;
  return who.request('api/uploads', {
    method: 'POST',
    headers: { ...TUS, 'Upload-Length': String(size), 'Upload-Metadata': metadata },
  });
}

function patch(
  location: string,
  offset: number,
  body: Uint8Array | string,
  who = client,
): Promise<TestReply> {
  return who.request(location, {
    method: 'PATCH',
    headers: {
      ...TUS,
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Offset': String(offset),
    },
    body: body as string,
  });
}

const head = (location: string, who = client): Promise<TestReply> =>
  who.request(location, { method: 'HEAD', headers: TUS });
const remove = (location: string, who = client): Promise<TestReply> =>
  who.request(location, { method: 'DELETE', headers: TUS });

async function begin(wanted: Wanted = {}, who = client): Promise<string> {
  const reply = await create(wanted, who);
  expect(reply.status).toBe(201);
  return reply.headers.get('location') ?? '';
}

const partsOf = (): readonly string[] => readdirSync(join(files.stateDir, 'uploads'));
const code = ({ body }: TestReply): unknown => (body as { code?: unknown }).code;

describe('an upload', () => {
  it('comes in pieces and is in its place with the last', async () => {
    const bytes = randomBytes(300_000);
    const location = await begin({ name: 'größe +.bin', size: bytes.length });
    const first = await patch(location, 0, bytes.subarray(0, 100_000));
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '100000']);
    expect(Date.parse(first.headers.get('upload-expires') ?? '')).toBeGreaterThan(Date.now());
    expect(readdirSync(files.work('dir'))).toEqual([]);
    const asked = await head(location);
    expect([asked.headers.get('upload-offset'), asked.headers.get('upload-length')]).toEqual([
      '100000',
      '300000',
    ]);
    expect((await patch(location, 100_000, bytes.subarray(100_000))).status).toBe(204);
    expect(readdirSync(files.work('dir'))).toEqual(['größe +.bin']);
    expect(readFileSync(files.work('dir', 'größe +.bin')).equals(bytes)).toBe(true);
    const { mode, nlink } = statSync(files.work('dir', 'größe +.bin'));
    expect([mode & 0o7111, nlink]).toEqual([0, 1]);
    expect(partsOf()).toEqual([]);
    // Who did not hear of the last answer is told that all is there.
    expect((await head(location)).headers.get('upload-offset')).toBe('300000');
  });

  it('is recorded before the file is there, and with its hash after', async () => {
    await patch(await begin({ size: 5 }), 0, 'hello');
    const sha256 = createHash('sha256').update('hello').digest('hex');
    const target = { path: files.work('dir', 'new.bin') };
    await waitFor(() => uploadRecords().length === 2);
    expect(uploadRecords()).toMatchObject([
      { action: 'file.upload', target, params: { overwrite: false, bytes: 5 } },
      { action: 'file.upload', target, outcome: 'ok', params: { bytes: 5, sha256 } },
    ]);
  });

  it('of nothing is a file at once', async () => {
    await begin({ size: 0, name: 'empty' });
    expect(statSync(files.work('dir', 'empty')).size).toBe(0);
  });

  it('goes on after the server was started again', async () => {
    const location = await begin({ size: 6 });
    await patch(location, 0, 'abc');
    files = await files.restart();
    client = await files.server.clientOf();
    expect((await head(location)).headers.get('upload-offset')).toBe('3');
    expect((await patch(location, 3, 'def')).status).toBe(204);
    expect(readFileSync(files.work('dir', 'new.bin'), 'utf8')).toBe('abcdef');
  });

  it('that was whole when the server ended is put in its place when it is asked for', async () => {
    const location = await begin({ size: 3 });
    const id = location.split('/').at(-1) ?? '';
    writeFileSync(join(files.stateDir, 'uploads', `${id}.part`), 'abc');
    expect((await head(location)).headers.get('upload-offset')).toBe('3');
    expect(readFileSync(files.work('dir', 'new.bin'), 'utf8')).toBe('abc');
  });

  it('keeps what came when the connection breaks', async () => {
    const location = await begin({ size: 1_000_000 });
    const request = httpRequest(new URL(location, files.server.running.url), {
      method: 'PATCH',
      headers: {
        ...client.credential,
        ...TUS,
        'Content-Type': 'application/offset+octet-stream',
        'Content-Length': 1_000_000,
        'Upload-Offset': '0',
      },
    });
    request.on('error', () => undefined);
    request.write(Buffer.alloc(200_000, 'a'));
    const id = location.split('/').at(-1) ?? '';
    const part = join(files.stateDir, 'uploads', `${id}.part`);
    await waitFor(() => statSync(part).size === 200_000);
    // The server has not heard that the connection is dead: whoever comes back ends it.
    expect((await head(location)).headers.get('upload-offset')).toBe('200000');
    request.destroy();
    expect((await patch(location, 200_000, Buffer.alloc(800_000, 'b'))).status).toBe(204);
    expect(statSync(files.work('dir', 'new.bin')).size).toBe(1_000_000);
  });

  it('is told to go on from where it is', async () => {
    const location = await begin({ size: 6 });
    await patch(location, 0, 'abc');
    const reply = await patch(location, 0, 'abc');
    expect([reply.status, code(reply)]).toEqual([409, 'conflict']);
    expect(reply.body).toMatchObject({ details: { offset: 3 } });
  });

  it('can be given up', async () => {
    const location = await begin();
    expect((await remove(location)).status).toBe(204);
    expect((await head(location)).status).toBe(404);
    expect(partsOf()).toEqual([]);
    await waitFor(() => uploadRecords().length === 2);
    expect(uploadRecords()[0]?.action).toBe('file.upload.abort');
  });

  it('is there for nobody else', async () => {
    const location = await begin();
    const bob = await files.server.clientOf({ name: 'bob' });
    expect((await head(location, bob)).status).toBe(404);
    expect((await patch(location, 0, 'evil', bob)).status).toBe(404);
    expect((await remove(location, bob)).status).toBe(404);
    expect((await head('api/uploads/..%2f..%2ftmuxy', client)).status).toBe(404);
  });

  it('that nobody goes on with is taken away', async () => {
    const location = await begin();
    const old = (Date.now() - UPLOAD_EXPIRES_MS) / 1000 - 60;
    for (const name of partsOf()) utimesSync(join(files.stateDir, 'uploads', name), old, old);
    const kept = await begin({ name: 'kept' });
    expect((await head(location)).status).toBe(404);
    await files.server.running.app.get(UploadCleaner).clean();
    expect(partsOf()).toHaveLength(2);
    expect((await head(kept)).status).toBe(200);
  });

  it('leaves nothing half written where the server was killed', async () => {
    const location = await begin({ size: 3 });
    const id = location.split('/').at(-1) ?? '';
    writeFileSync(join(files.stateDir, 'uploads', `${id}.part`), 'abc');
    const leftover = files.work('dir', `.tmuxy-upload-${id}`);
    writeFileSync(leftover, 'ab');
    const cleaner = files.server.running.app.get(UploadCleaner);
    await cleaner.clean();
    expect(existsSync(leftover)).toBe(true); // Somebody may be writing it.
    const old = (Date.now() - LEFTOVER_MS) / 1000 - 60;
    utimesSync(leftover, old, old);
    await cleaner.clean();
    expect(existsSync(leftover)).toBe(false);
    expect((await head(location)).headers.get('upload-offset')).toBe('3');
    expect(readdirSync(files.work('dir'))).toEqual(['new.bin']);
  });

  it('is refused while it cannot be recorded, and can be finished after', async () => {
    const location = await begin({ size: 3 });
    const log = files.server.running.app.get<AuditLog>(AUDIT_LOG);
    const append = jest.spyOn(log, 'append').mockRejectedValue(new AuditWriteError('full'));
    expect((await patch(location, 0, 'abc')).status).toBe(503);
    expect(readdirSync(files.work('dir'))).toEqual([]);
    append.mockRestore();
    expect((await head(location)).headers.get('upload-offset')).toBe('3');
    expect(readdirSync(files.work('dir'))).toEqual(['new.bin']);
  });

  it('[D19] never lands outside, while its directory becomes a link and back', async () => {
    mkdirSync(join(files.dir, 'outside'));
    symlinkSync('../outside', files.work('dir.link'));
    let isOver = false;
    const swap = async (): Promise<void> => {
      while (!isOver) {
        renameSync(files.work('dir'), files.work('dir.real'));
        renameSync(files.work('dir.link'), files.work('dir'));
        await new Promise((resolve) => setImmediate(resolve));
        renameSync(files.work('dir'), files.work('dir.link'));
        renameSync(files.work('dir.real'), files.work('dir'));
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const swapping = swap();
    let placed = 0;
    for (let i = 0; i < 60; i++) {
      const reply = await create({ name: `n${i}`, size: 0 });
      expect([201, 403, 404, 503]).toContain(reply.status);
      if (reply.status === 201) placed += 1;
    }
    isOver = true;
    await swapping;
    expect(readdirSync(join(files.dir, 'outside'))).toEqual([]);
    expect(readdirSync(files.work('dir'))).toHaveLength(placed);
    expect(placed).toBeGreaterThan(0);
  });

  it('keeps its parts to tmuxy', async () => {
    await begin();
    expect(statSync(join(files.stateDir, 'uploads')).mode & 0o777).toBe(0o700);
    for (const name of partsOf()) {
      expect(statSync(join(files.stateDir, 'uploads', name)).mode & 0o777).toBe(0o600);
    }
  });
});

it('is spoken by clients that exist', async () => {
  const bytes = randomBytes(1_000_000);
  const upload = (metadata: Record<string, string>): Promise<number | undefined> =>
    new Promise((resolve) => {
      new Upload(bytes, {
        endpoint: new URL('api/uploads', files.server.running.url).href,
        chunkSize: 300_000,
        headers: { ...client.credential },
        retryDelays: [],
        metadata: { path: files.work('dir'), name: 'tüs.bin', ...metadata },
        onSuccess: () => {
          resolve(204);
        },
        onError: (error) => {
          resolve(error instanceof DetailedError ? error.originalResponse?.getStatus() : 0);
        },
      }).start();
    });
  expect(await upload({})).toBe(204);
  expect(readFileSync(files.work('dir', 'tüs.bin')).equals(bytes)).toBe(true);
  expect(await upload({})).toBe(409);
  expect(await upload({ overwrite: 'true' })).toBe(204);
});

describe('a name that is taken', () => {
  it('is refused at the beginning, unless it is to be replaced', async () => {
    writeFileSync(files.work('dir', 'new.bin'), 'old');
    expect(code(await create())).toBe('conflict');
    const location = await begin({ overwrite: true });
    await patch(location, 0, 'newer'.slice(0, 4));
    expect(readFileSync(files.work('dir', 'new.bin'), 'utf8')).toBe('newe');
  });

  it('is refused at the end, and leaves nothing', async () => {
    const location = await begin();
    writeFileSync(files.work('dir', 'new.bin'), 'old');
    const reply = await patch(location, 0, 'abcd');
    expect([reply.status, code(reply)]).toEqual([409, 'conflict']);
    expect(readFileSync(files.work('dir', 'new.bin'), 'utf8')).toBe('old');
    expect(readdirSync(files.work('dir'))).toEqual(['new.bin']);
    expect(partsOf()).toEqual([]);
  });

  it.each<[string, (path: string) => void]>([
    ['a directory', (path) => mkdirSync(path)],
    ['a link to a secret', (path) => symlinkSync('../../secret', path)],
    ['a link to nothing', (path) => symlinkSync('../../nothing', path)],
  ])('by %s is never replaced', async (_what, make) => {
    const location = await begin({ overwrite: true });
    make(files.work('dir', 'new.bin'));
    expect(code(await create({ overwrite: true }))).toBe('conflict');
    expect(code(await patch(location, 0, 'evil'))).toBe('conflict');
    expect(readFileSync(join(files.dir, 'secret'), 'utf8')).toBe(SECRET);
    expect(existsSync(join(files.dir, 'nothing'))).toBe(false);
    expect(readdirSync(files.work('dir'))).toEqual(['new.bin']);
  });

  it('by a file of the server is never replaced', async () => {
    linkSync(join(files.server.tmux.dir, 'tmuxy.yaml'), files.work('dir', 'new.bin'));
    const reply = await create({ overwrite: true });
    expect(reply.body).toMatchObject({ details: { reason: 'server-file' } });
  });
});

describe('a place', () => {
  it.each([
    ['outside', (): Wanted => ({ path: files.dir }), 403],
    ['above', (): Wanted => ({ path: `${files.work()}/..` }), 403],
    ['below a link', (): Wanted => ({ path: files.work('link') }), 403],
    ['that is not there', (): Wanted => ({ path: files.work('none') }), 404],
    ['that is a file', (): Wanted => ({ path: files.work('file') }), 400],
    ['in hidden files', (): Wanted => ({ name: '.profile' }), 403],
    ['of secrets', (): Wanted => ({ name: 'authorized_keys' }), 403],
    ['of secrets, hidden', (): Wanted => ({ name: '.SSH' }), 403],
    ['with a slash', (): Wanted => ({ name: '../evil' }), 400],
    ['with a NUL', (): Wanted => ({ name: 'a\0b' }), 400],
    ['with an escape', (): Wanted => ({ name: 'a\u001b[2Jb' }), 400],
    ['that is no UTF-8', (): Wanted => ({ name: Buffer.from([0xff]) }), 400],
    ['that is too long', (): Wanted => ({ name: 'x'.repeat(256) }), 400],
    ['without a name', (): Wanted => ({ name: '' }), 400],
    ['called .', (): Wanted => ({ name: '.' }), 403],
    ['called ..', (): Wanted => ({ name: '..' }), 403],
    ['in no metadata', (): Wanted => ({ metadata: '' }), 400],
    ['that is said twice', (): Wanted => ({ metadata: 'path YQ==,path Yg==,name YQ==' }), 400],
    ['that is no base64', (): Wanted => ({ metadata: 'path ???,name YQ==' }), 400],
    ['that is too large', (): Wanted => ({ size: UPLOAD_MAX_BYTES + 1 }), 413],
    ['of no size', (): Wanted => ({ size: -1 }), 400],
    ['of half a byte', (): Wanted => ({ size: 1.5 }), 400],
  ])('%s takes nothing', async (_where, wanted, status) => {
    symlinkSync('../', files.work('link'));
    writeFileSync(files.work('file'), '');
    expect((await create(wanted())).status).toBe(status);
    expect(readdirSync(files.work('dir'))).toEqual([]);
  });

  it('takes the longest name', async () => {
    const name = 'x'.repeat(255);
    await patch(await begin({ name }), 0, 'abcd');
    expect(readdirSync(files.work('dir'))).toEqual([name]);
  });

  it('that became a link meanwhile takes nothing', async () => {
    const location = await begin();
    renameSync(files.work('dir'), files.work('moved'));
    symlinkSync(files.dir, files.work('dir'));
    expect((await patch(location, 0, 'evil')).status).toBe(403);
    expect(existsSync(join(files.dir, 'new.bin'))).toBe(false);
  });
});

describe('a disk', () => {
  const uploads = (): string => join(files.stateDir, 'uploads');
  /** The descriptor that listed the others is gone by then, and cannot be asked. */
  const openParts = (): readonly string[] =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith(uploads());
      } catch {
        return false;
      }
    });

  afterEach(() => {
    rmSync(uploads(), { recursive: true, force: true });
  });

  it('that keeps no parts is said to be unavailable', async () => {
    rmSync(uploads(), { recursive: true, force: true });
    writeFileSync(uploads(), 'no directory');
    const reply = await create();
    expect([reply.status, code(reply)]).toEqual([503, 'unavailable']);
    expect(JSON.stringify(reply.body)).not.toContain(files.stateDir);
  });

  it('that is full when a piece is synced leaves nothing open', async () => {
    const location = await begin();
    const handle = await open(files.work());
    const prototype = Object.getPrototypeOf(handle) as typeof handle;
    await handle.close();
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    jest.spyOn(prototype, 'datasync').mockRejectedValueOnce(full);
    const reply = await patch(location, 0, 'ab');
    expect([reply.status, code(reply)]).toEqual([503, 'unavailable']);
    expect(openParts()).toEqual([]);
    expect((await patch(location, 2, 'cd')).status).toBe(204);
  });

  it('that is full in the middle of a piece holds up nothing on the same connection', async () => {
    const size = 4_000_000;
    const location = await begin({ size });
    const handle = await open(files.work());
    const prototype = Object.getPrototypeOf(handle) as typeof handle;
    await handle.close();
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    jest.spyOn(prototype, 'write').mockRejectedValueOnce(full);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = (method: string, headers: object, body: Uint8Array): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const url = new URL(location, files.server.running.url);
        const all = { ...client.credential, ...TUS, ...headers };
        const sent = httpRequest(url, { agent, method, headers: all }, (reply) => {
          reply.resume().on('end', () => {
            resolve(reply.statusCode);
          });
        });
        sent.on('error', reject).end(body);
      });
    const piece = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': '0' };
    try {
      const length = { 'Content-Length': String(size) };
      expect(await send('PATCH', { ...piece, ...length }, Buffer.alloc(size))).toBe(503);
      expect(await send('HEAD', {}, Buffer.alloc(0))).toBe(200);
    } finally {
      agent.destroy();
    }
  });

  (canMount() ? it : it.skip)(
    'that is full when an upload begins keeps nothing of it',
    async () => {
      mkdirSync(uploads(), { recursive: true });
      // Room for the part, and none for what says whose it is.
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'nr_inodes=2', 'tmpfs', uploads()]);
      try {
        const reply = await create();
        expect([reply.status, code(reply)]).toEqual([503, 'unavailable']);
        expect(partsOf()).toEqual([]);
      } finally {
        execFileSync('umount', ['-l', uploads()]);
      }
    },
  );
});

describe('who uploads', () => {
  it('is no viewer, and nobody who only looks', async () => {
    for (const who of [{ role: 'viewer' }, { readOnly: true }] as const) {
      expect(code(await create({}, await files.server.clientOf({ name: 'v', ...who })))).toBe(
        'read-only',
      );
    }
  });

  it('speaks tus 1.0.0 and sends pieces as such', async () => {
    const location = await begin();
    const asJson = await client.request(location, {
      method: 'PATCH',
      headers: { ...TUS, 'Content-Type': 'application/json', 'Upload-Offset': '0' },
      body: 'abcd',
    });
    expect(asJson.status).toBe(415);
    const old = await client.request(location, {
      method: 'HEAD',
      headers: { 'Tus-Resumable': '0.2.2' },
    });
    expect([old.status, old.headers.get('tus-version')]).toEqual([400, '1.0.0']);
  });

  it('sends no more than was said', async () => {
    const location = await begin();
    expect((await patch(location, 0, 'abcde')).status).toBe(413);
    expect(
      (await patch(await begin({ size: UPLOAD_MAX_BYTES }), 0, Buffer.alloc(9_000_000))).status,
    ).toBe(413);
    expect(readdirSync(files.work('dir'))).toEqual([]);
  });

  it('has only so many unfinished ones', async () => {
    for (let i = 0; i < UNFINISHED_MAX; i++) await begin({ name: `n${i}` });
    expect((await create()).status).toBe(429);
    const bob = await files.server.clientOf({ name: 'bob' });
    expect((await create({}, bob)).status).toBe(201);
  });
});
