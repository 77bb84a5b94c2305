import { linkSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DirectoryView } from '#dto';
import { FilesUnderTest } from '../testing/files-under-test.js';
import type { TestClient } from '../testing/test-client.js';

let files: FilesUnderTest;
let client: TestClient;

/** A server whose root is around its own state directory, configuration and socket, with every relaxation. */
beforeAll(async () => {
  files = await FilesUnderTest.start({
    hardLinks: true,
    dotfiles: true,
    sessionCwd: true,
    upload: true,
  });
  client = await files.server.clientOf({ role: 'admin' });
});

afterAll(async () => {
  await files.stop();
});

/** Status and reason of asking for a path. */
async function ask(path: string, route = 'file'): Promise<unknown> {
  const { status, body } = await client.request(`api/${route}?path=${encodeURIComponent(path)}`);
  return [status, (body as { details?: { reason?: unknown } }).details?.reason];
}

const refused = [403, 'server-file'];

/** The session's working directory is tmux's own, which holds all of it. */
const own = (...names: readonly string[]): string => join(files.server.tmux.dir, ...names);

describe('[D29] what the server keeps', () => {
  it('is not listed', async () => {
    const reply = await client.request(`api/directory?path=${encodeURIComponent(own())}`);
    const names = (reply.body as DirectoryView).entries.map(({ name }) => name);
    expect(readdirSync(own())).toEqual(expect.arrayContaining(['state', 'tmux.sock']));
    for (const name of ['state', 'tmux.sock', 'tmuxy.yaml']) expect(names).not.toContain(name);
  });

  it('is not given where it is', async () => {
    for (const path of ['state', 'state/tmuxy.db', 'state/none', 'state/audit/none']) {
      expect(await ask(own(path))).toEqual(refused);
      expect(await ask(own(path), 'directory')).toEqual(refused);
    }
    expect(await ask(own('tmuxy.yaml'))).toEqual(refused);
  });

  it('is not given by another name, also when it is new', async () => {
    const secrets = ['tmuxy.db', 'new-secret', 'uploads-of-somebody'];
    for (const [index, name] of secrets.entries()) {
      if (index > 0) writeFileSync(own('state', name), 'new');
      linkSync(own('state', name), files.work(`other${index}.txt`));
      expect(await ask(files.work(`other${index}.txt`))).toEqual(refused);
    }
    linkSync(own('tmuxy.yaml'), files.work('config.txt'));
    expect(await ask(files.work('config.txt'))).toEqual(refused);
    const listed = await client.request(`api/directory?path=${encodeURIComponent(files.work())}`);
    expect((listed.body as DirectoryView).entries).toEqual([]);
  });

  it('is not a process', async () => {
    expect(await ask(`/proc/${process.pid}/environ`)).toEqual([403, 'outside-roots']);
  });
});
