import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { tempDir, type TempDir, waitFor } from '#testing';
import { ServerUnderTest } from '../testing/server-under-test.js';
import type { TestClient } from '../testing/test-client.js';

let dir: TempDir;
let server: ServerUnderTest;
let client: TestClient;

/** What the health route and a signed-in person are told. */
async function answers(): Promise<readonly [number, number, string]> {
  const [ready, list] = await Promise.all([
    client.request('api/health/ready'),
    client.request('api/sessions'),
  ]);
  const { message = '' } = list.body as { message?: string };
  return [ready.status, list.status, message];
}

async function isBack(): Promise<void> {
  await waitFor(async () => (await answers()).slice(0, 2).join() === '200,200', {
    what: 'health to be green again',
    timeoutMs: 15_000,
  });
  const stream = await client.open();
  await stream.next('snapshot');
  stream.close();
}

describe('a socket of tmux', () => {
  beforeEach(async () => {
    dir = await tempDir();
    // As another user where we are root, whom no file refuses.
    const tmux = join(dir.path, 'tmux');
    const asNobody = 'exec setpriv --reuid 65534 --clear-groups tmux "$@"';
    const isRoot = process.getuid?.() === 0;
    const script = `#!/bin/sh\nif [ -e ${dir.path}/foreign ]; then ${isRoot ? asNobody : ':'}; fi\nexec tmux "$@"\n`;
    await writeFile(tmux, script, { mode: 0o755 });
    server = await ServerUnderTest.start({ tmuxBin: tmux, createSession: '', graceMs: '0' });
    client = await server.client();
    await isBack();
  });

  afterEach(async () => {
    await server.stop();
    await dir.remove();
  });

  it.each<[string, (path: string) => Promise<unknown>]>([
    ['is not there', () => Promise.resolve()],
    ['leads nowhere', (path) => symlink('/nowhere/tmux.sock', path)],
    ['is a file', (path) => writeFile(path, '')],
    ['is a directory', (path) => mkdir(path)],
    [
      'is one that nobody listens on',
      async (path) => {
        const listener = createServer().listen(`${path}.old`);
        await once(listener, 'listening');
        await rename(`${path}.old`, path);
        listener.close();
        await once(listener, 'close');
      },
    ],
  ])('[N7] that %s: health is red, and green again by itself', async (_what, make) => {
    const { socketPath } = server.tmux;
    await rename(socketPath, `${socketPath}.away`);
    await make(socketPath);
    try {
      await waitFor(async () => (await answers())[0] === 503, { what: 'health to be red' });
      const stream = await client.request('events?session=main');
      expect([404, 503]).toContain(stream.status);
    } finally {
      await rm(socketPath, { recursive: true, force: true });
      await rename(`${socketPath}.away`, socketPath);
    }
    await isBack();
  });

  it('[N7] that we may not use is told with words, and 503', async () => {
    const { socketPath } = server.tmux;
    await chmod(socketPath, 0o600);
    await writeFile(join(dir.path, 'foreign'), '');
    if (process.getuid?.() !== 0) await chmod(socketPath, 0);
    await waitFor(async () => (await answers())[0] === 503, { what: 'health to be red' });
    const [, status, message] = await answers();
    expect(status).toBe(503);
    expect(message).toMatch(/^tmux cannot be reached: error connecting to .*Permission denied/);
    expect((await client.request('events?session=main')).status).toBe(503);
    const { body } = await client.request('api/health/ready');
    expect(body).toMatchObject({ code: 'unavailable', message: 'tmux does not answer.' });
    await rm(join(dir.path, 'foreign'));
    await chmod(socketPath, 0o600);
    await isBack();
  });
});
