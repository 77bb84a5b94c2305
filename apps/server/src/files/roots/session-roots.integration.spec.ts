import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '#testing';
import type { DirectoryView, ErrorView, FileRootsView } from '#dto';
import { FilesUnderTest } from '../../testing/files-under-test.js';
import type { TestClient, TestReply } from '../../testing/test-client.js';

let files: FilesUnderTest;
let client: TestClient;

const place = (...names: readonly string[]): string => join(files.dir, ...names);

beforeAll(async () => {
  files = await FilesUnderTest.start(
    { roots: [], sessionCwd: true },
    {
      settings: { roles: { viewer: { sessions: ['open*'] } } },
      prepare: (dir) => {
        for (const name of ['own', 'open', '.config', 'real', 'fo#(id)o']) {
          mkdirSync(join(dir, name));
          writeFileSync(join(dir, name, 'f'), name);
        }
        symlinkSync('real', join(dir, 'link'));
        mkdirSync(join(dir, 'line\nfeed'));
      },
    },
  );
  const { tmux } = files.server;
  await tmux.run('new-session', '-d', '-s', 'private', '-c', place('own'));
  await tmux.run('new-session', '-d', '-s', 'open', '-c', place('open'));
  for (const name of ['.config', 'line\nfeed', 'fo##(id)o']) {
    await tmux.run('new-window', '-d', '-t', 'open:', '-c', place(name));
  }
  await tmux.run('new-window', '-d', '-t', 'open:', '-c', '/');
  client = await files.server.clientOf({ role: 'viewer' });
});

afterAll(async () => {
  await files.stop();
});

async function rootsOf(who: TestClient, session?: string): Promise<readonly string[]> {
  const query = session === undefined ? '' : `?session=${session}`;
  const { body } = await who.request(`api/file-roots${query}`);
  return (body as FileRootsView).roots.map(({ path }) => path).sort();
}

async function statusOf(path: string, who = client): Promise<number> {
  return (await who.request(`api/file?path=${encodeURIComponent(path)}`)).status;
}

describe('the working directories of sessions', () => {
  it('are roots for who can see the session, unless they are hidden or cannot be told', async () => {
    await waitFor(async () => (await rootsOf(client)).length === 2);
    expect(await rootsOf(client)).toEqual([place('fo#(id)o'), place('open')]);
    const all = await files.server.clientOf({ role: 'operator' });
    expect(await rootsOf(all)).toEqual(
      [files.server.tmux.dir, ...[place('fo#(id)o'), place('open'), place('own')]].sort(),
    );
    expect(await rootsOf(all, 'private')).toEqual([place('own')]);
    expect(await rootsOf(client, 'private')).toEqual([]);
  });

  it('are given, and nothing beside them', async () => {
    expect(await statusOf(place('open', 'f'))).toBe(200);
    expect(await statusOf(place('own', 'f'))).toBe(403);
    expect(await statusOf(place('.config', 'f'))).toBe(403);
    expect(await statusOf('/etc/passwd')).toBe(403);
    expect(await statusOf('open/f')).toBe(403);
  });

  it('are not there through a link', async () => {
    const { tmux } = files.server;
    await tmux.run('new-window', '-d', '-t', 'open:', '-c', place('link'));
    // The shell is in the directory itself, whatever it was called.
    await waitFor(async () => (await statusOf(place('real', 'f'))) === 200);
    expect(await statusOf(place('link', 'f'))).toBe(403);
  });

  it('are gone with the pane', async () => {
    const { tmux } = files.server;
    await tmux.run('new-session', '-d', '-s', 'open2', '-c', place('own'));
    await waitFor(async () => (await statusOf(place('own', 'f'))) === 200);
    await tmux.run('kill-session', '-t', 'open2');
    await waitFor(async () => (await statusOf(place('own', 'f'))) === 403);
  });
});

it('nobody looks at files where there are no roots', async () => {
  const none = await FilesUnderTest.start({ roots: [] });
  try {
    const who = await none.server.clientOf({ role: 'admin' });
    expect((await who.request('api/file-roots')).body).toEqual({ roots: [], uploadMaxBytes: null });
    for (const route of ['file', 'directory']) {
      expect((await who.request(`api/${route}?path=/etc/passwd`)).status).toBe(404);
    }
  } finally {
    await none.stop();
  }
});

it('the directory of a read-only session takes no files, unless there is another reason', async () => {
  const some = await FilesUnderTest.start(
    { roots: [], sessionCwd: true, upload: true },
    {
      settings: { readOnlySessions: ['prod*'] },
      prepare: (dir) => {
        for (const name of ['prod', 'both']) mkdirSync(join(dir, name));
      },
    },
  );
  try {
    const { tmux } = some.server;
    for (const [session, name] of [
      ['prod', 'prod'],
      ['prod2', 'both'],
      ['dev', 'both'],
    ] as const) {
      await tmux.run('new-session', '-d', '-s', session, '-c', join(some.dir, name));
    }
    const operator = await some.server.clientOf();
    const upload = (name: string): Promise<TestReply> =>
      operator.request('api/uploads', {
        method: 'POST',
        headers: {
          'Tus-Resumable': '1.0.0',
          'Upload-Length': '0',
          'Upload-Metadata': `path ${btoa(join(some.dir, name))},name ${btoa('new')}`,
        },
      });
    const listed = async (name: string): Promise<DirectoryView> => {
      const path = encodeURIComponent(join(some.dir, name));
      return (await operator.request(`api/directory?path=${path}`)).body as DirectoryView;
    };
    await waitFor(async () => (await upload('both')).status === 201);
    expect((await listed('both')).upload).toBe(true);
    const refused = await upload('prod');
    expect([refused.status, (refused.body as ErrorView).code]).toEqual([403, 'read-only']);
    expect(await listed('prod')).toMatchObject({ entries: [], upload: false });
    const { roots } = (await operator.request('api/file-roots')).body as FileRootsView;
    const takes = new Map(roots.map(({ name, upload: can }) => [name, can]));
    expect([takes.get('prod'), takes.get('both')]).toEqual([false, true]);
  } finally {
    await some.stop();
  }
});

it('a root is no way into one for other roles that lies in it', async () => {
  const some = await FilesUnderTest.start(
    {},
    {
      prepare: (dir) => {
        for (const name of ['work', 'work/ops', 'work/ops/all']) {
          mkdirSync(join(dir, name), { recursive: true });
          writeFileSync(join(dir, name, 'f'), name);
        }
      },
    },
  );
  let again = some;
  try {
    again = await some.restart({
      roots: [
        { path: some.work() },
        { path: some.work('ops'), roles: ['operator'] },
        { path: some.work('ops', 'all') },
      ],
    });
    const viewer = await again.server.clientOf({ role: 'viewer' });
    const operator = await again.server.clientOf({ role: 'operator' });
    const asked = ['f', 'ops/all/f', 'ops/f', 'ops/none', 'ops'].map((name) => some.work(name));
    const statuses = (who: TestClient): Promise<readonly number[]> =>
      Promise.all(asked.map((path) => statusOf(path, who)));
    expect(await statuses(operator)).toEqual([200, 200, 200, 404, 400]);
    expect(await statuses(viewer)).toEqual([200, 200, 403, 403, 403]);
    const query = `path=${encodeURIComponent(some.work())}`;
    const { body } = await viewer.request(`api/directory?${query}`);
    expect((body as DirectoryView).entries).toContainEqual(
      expect.objectContaining({ name: 'ops', blocked: 'outside-roots' }),
    );
  } finally {
    await again.stop();
  }
});

it('a root is for the roles it names, and one that is missing is for nobody', async () => {
  const some = await FilesUnderTest.start(
    {},
    {
      prepare: (dir) => {
        mkdirSync(join(dir, 'work', 'admins'));
        symlinkSync('work', join(dir, 'link'));
      },
    },
  );
  const path = some.work();
  let again = some;
  try {
    again = await some.restart({
      roots: [
        { path: `${path}/`, name: 'All of it', roles: ['operator', 'admin'] },
        { path: `${path}//admins/.`, roles: ['admin'] },
        { path: `${path}/missing` },
        { path: join(some.dir, 'link') },
      ],
    });
    writeFileSync(join(path, 'admins', 'f'), '');
    const rootsFor = async (role: 'viewer' | 'operator' | 'admin'): Promise<readonly string[]> =>
      rootsOf(await again.server.clientOf({ role }));
    expect(await rootsFor('viewer')).toEqual([]);
    expect(await rootsFor('operator')).toEqual([path]);
    expect(await rootsFor('admin')).toEqual([path, `${path}/admins`]);
    const viewer = await again.server.clientOf({ role: 'viewer' });
    const reply = await viewer.request(`api/file?path=${encodeURIComponent(`${path}/admins/f`)}`);
    expect(reply.status).toBe(404);
  } finally {
    await again.stop();
  }
});
