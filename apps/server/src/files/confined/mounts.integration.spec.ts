import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DirectoryView } from '#dto';
import { canMount } from '../../testing/can-mount.js';
import { FilesUnderTest, SECRET } from '../../testing/files-under-test.js';
import type { TestClient } from '../../testing/test-client.js';

/** A file system whose server is gone as soon as it is there: asked for anything, it answers `ENOTCONN`. */
const DEAD_MOUNT = `exec 3<>/dev/fuse
  mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 tmuxy-dead "$1"`;

function canMountFuse(): boolean {
  try {
    execFileSync('unshare', ['-m', 'bash', '-c', DEAD_MOUNT, 'bash', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const describeMounts = canMount() ? describe : describe.skip;

describeMounts('other file systems (skipped where nothing can be mounted)', () => {
  let files: FilesUnderTest;
  let client: TestClient;
  const mounted: string[] = [];

  beforeAll(async () => {
    files = await FilesUnderTest.start(
      {},
      {
        prepare: (dir) => {
          writeFileSync(join(dir, 'work', 'f'), 'here');
          for (const name of ['bind', 'tmpfs', 'proc', 'inner']) {
            for (const root of ['work', 'open'])
              mkdirSync(join(dir, root, name), { recursive: true });
          }
          for (const root of ['work', 'open']) {
            writeFileSync(join(dir, root, 'file'), '');
            mount(join(dir, root, 'bind'), '--bind', dir);
            mount(join(dir, root, 'file'), '--bind', join(dir, 'secret'));
            mount(join(dir, root, 'tmpfs'), '-t', 'tmpfs', 'tmpfs');
            mount(join(dir, root, 'proc'), '-t', 'proc', 'proc');
            writeFileSync(join(dir, root, 'tmpfs', 'f'), 'on another');
          }
        },
      },
    );
    client = await files.server.clientOf();
  });

  afterAll(async () => {
    for (const place of mounted.reverse()) execFileSync('umount', ['-l', place]);
    await files.stop();
  });

  function mount(place: string, ...how: readonly string[]): void {
    execFileSync('mount', [...how, place]);
    mounted.push(place);
  }

  /** Status, reason and content of asking for a path. */
  async function ask(path: string): Promise<unknown> {
    const reply = await client.request(`api/file?path=${encodeURIComponent(path)}`);
    const body = reply.body as { details?: { reason?: unknown } };
    return [reply.status, typeof body === 'string' ? body : body.details?.reason];
  }

  it('[D23] are not entered, also where the device is the same', async () => {
    for (const path of ['bind/secret', 'bind/none', 'file', 'tmpfs/f', 'proc/1/environ']) {
      expect(await ask(files.work(path))).toEqual([403, 'mount']);
    }
    expect(await ask(files.work('f'))).toEqual([200, 'here']);
  });

  it('[D23] on another device are listed as what cannot be entered', async () => {
    const reply = await client.request(`api/directory?path=${encodeURIComponent(files.work())}`);
    const { entries } = reply.body as DirectoryView;
    expect(entries.find(({ name }) => name === 'tmpfs')?.blocked).toBe('mount');
    expect(entries.find(({ name }) => name === 'inner')?.blocked).toBeUndefined();
  });

  (canMountFuse() ? it : it.skip)(
    '[D23] that answer nothing hide nothing beside them',
    async () => {
      mkdirSync(files.work('dead'));
      mounted.push(files.work('dead'));
      execFileSync('bash', ['-c', DEAD_MOUNT, 'bash', files.work('dead')]);
      const reply = await client.request(`api/directory?path=${encodeURIComponent(files.work())}`);
      const { entries } = reply.body as DirectoryView;
      expect(entries.find(({ name }) => name === 'dead')).toMatchObject({ blocked: 'permission' });
      expect(entries.find(({ name }) => name === 'f')).toMatchObject({ kind: 'file', size: 4 });
    },
  );

  it('[D23] are entered where that is allowed, but never what is the kernel’s', async () => {
    const open = await files.restart({ roots: [{ path: join(files.dir, 'open'), mounts: true }] });
    const admin = await open.server.clientOf();
    client = admin;
    expect(await ask(join(files.dir, 'open/tmpfs/f'))).toEqual([200, 'on another']);
    expect(await ask(join(files.dir, 'open/bind/secret'))).toEqual([200, SECRET]);
    expect(await ask(join(files.dir, 'open/proc/1/environ'))).toEqual([403, 'mount']);
    files = open;
  });
});
