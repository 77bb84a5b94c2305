import { mkdirSync, writeFileSync } from 'node:fs';
import { FilesUnderTest } from '../testing/files-under-test.js';
import type { TestClient } from '../testing/test-client.js';

let files: FilesUnderTest;
let client: TestClient;

beforeAll(async () => {
  files = await FilesUnderTest.start({ upload: true });
  mkdirSync(files.work('src'));
  writeFileSync(files.work('src', 'main.ts'), 'hello\n');
  writeFileSync(files.work('a.txt'), 'text');
  client = await files.server.clientOf();
});

afterAll(async () => {
  await files.stop();
});

const at = (route: string, path: string): string => `api/${route}?path=${encodeURIComponent(path)}`;

describe('a root', () => {
  it('is listed and read', async () => {
    expect((await client.request('api/file-roots')).body).toEqual({
      roots: [{ path: files.work(), name: 'work', kind: 'configured', upload: true }],
      uploadMaxBytes: 100 * 1024 * 1024,
    });
    expect((await client.request(at('directory', files.work()))).body).toEqual({
      path: files.work(),
      entries: [
        { name: 'src', kind: 'directory', size: 0, modified: expect.any(String) as unknown },
        { name: 'a.txt', kind: 'file', size: 4, modified: expect.any(String) as unknown },
      ],
      truncated: false,
      upload: true,
    });
    const reply = await client.request(at('file', files.work('src', 'main.ts')));
    expect([reply.status, reply.body]).toEqual([200, 'hello\n']);
    expect((await client.request(at('file', 'src/main.ts'))).body).toBe('hello\n');
  });
});
