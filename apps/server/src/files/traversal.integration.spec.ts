import { linkSync, mkdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { FilesUnderTest, SECRET } from '../testing/files-under-test.js';
import type { TestClient } from '../testing/test-client.js';

let files: FilesUnderTest;
let client: TestClient;

beforeAll(async () => {
  files = await FilesUnderTest.start();
  mkdirSync(files.work('dir'));
  writeFileSync(files.work('dir', 'ok.txt'), 'fine');
  writeFileSync(files.work('a+b c.txt'), 'plus');
  symlinkSync('../secret', files.work('link'));
  symlinkSync('../', files.work('dirlink'));
  symlinkSync('self', files.work('self'));
  symlinkSync(join(files.dir, 'secret'), files.work('chain0'));
  for (let i = 1; i <= 50; i++) symlinkSync(`chain${i - 1}`, files.work(`chain${i}`));
  symlinkSync('dir/ok.txt', files.work('inside'));
  linkSync(join(files.dir, 'secret'), files.work('hard'));
  client = await files.server.clientOf();
});

afterAll(async () => {
  await files.stop();
});

interface Answer {
  readonly status: number | undefined;
  readonly text: string;
  readonly code: unknown;
  readonly reason: unknown;
}

/** Sends a query as it is, with nothing made better on the way. */
function ask(query: string, route = 'file', who = client): Promise<Answer> {
  const { hostname, port } = new URL(files.server.running.url);
  return new Promise((resolve, reject) => {
    const path = `/api/${route}?${query}`;
    httpRequest({ hostname, port, path, headers: { ...who.credential } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => {
        const isJson = response.headers['content-type']?.startsWith('application/json') === true;
        const body = (isJson ? JSON.parse(text) : {}) as {
          code?: unknown;
          details?: { reason?: unknown };
        };
        resolve({
          status: response.statusCode,
          text,
          code: body.code,
          reason: body.details?.reason,
        });
      });
    })
      .on('error', reject)
      .end();
  });
}

const inRoot = (path: string): string => `path=${encodeURIComponent(files.work(path))}`;

/** Nothing of the secret, and nothing of this machine. */
function expectClean({ text }: Answer): void {
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain(files.dir);
  expect(text).not.toMatch(/\bE[A-Z]{3,}\b|\/proc\/self|node:/);
}

describe.each(['file', 'directory'])('GET /api/%s', (route) => {
  it.each<[string, string, number]>([
    ['[D1] a path upwards', 'path=../../etc/passwd', 403],
    ['[D1] one that comes back', 'path=dir/../dir/ok.txt', 403],
    ['[D1] another place', 'path=/etc/passwd', 403],
    ['[D1] another place that is not there', 'path=/etc/none', 403],
    ['[D3] encoded full stops', 'path=%2e%2e/%2e%2e/etc', 403],
    ['[D3] encoded slashes', 'path=..%2f..%2fetc%2fpasswd', 403],
    ['[D3] a double encoding', 'path=%252e%252e%252fetc', 404],
    ['backslashes', 'path=..%5c..%5csecret', 404],
    ['[D5] an overlong slash', 'path=..%c0%af..%c0%afetc', 400],
    ['[D5] bytes that are no UTF-8', 'path=%ff%fe', 400],
    ['[D5] such bytes as they are', 'path=\u00ff\u00fe', 400],
    ['[D5] half a surrogate pair', 'path=%ed%a0%80', 400],
    ['[D7] what stripping would make worse', 'path=....//....//etc', 404],
    ['[D9] a NUL', 'path=a%00b', 400],
    ['[D9] a NUL before an end that fits', 'path=dir/ok.txt%00.png', 400],
    ['[D11] wide full stops', `path=${encodeURIComponent('．．／')}`, 404],
    ['[D11] a path parameter', 'path=..;/', 404],
    ['[D11] an encoding that there is not', 'path=%u002e', 400],
    ['half an encoding', 'path=%2', 400],
    ['[D13] two paths', 'path=dir/ok.txt&path=../../etc', 400],
    ['[D13] two paths, one encoded', 'path=dir/ok.txt&p%61th=../secret', 400],
    ['[D13] a list', 'path[]=dir/ok.txt', 400],
    ['[D13] an object', 'path[a]=dir', 400],
    ['[D13] a path and an object', 'path=dir/ok.txt&path[a]=../secret', 400],
    ['[D13] both spellings', 'path=dir&path64=ZGly', 400],
    ['no path', '', 400],
    ['an empty path', 'path=', 400],
    ['a path without a value', 'path', 400],
    ['base64 with padding', 'path64=ZGl=', 400],
    ['base64 that could be shorter', 'path64=ZGls', 404],
    ['a name that is too long', `path=${'x'.repeat(256)}`, 400],
    ['a path that is too long', `path=${'x/'.repeat(2_100)}`, 400],
    ['a path that is too deep', `path=${'x/'.repeat(65)}`, 400],
    ['a file as a directory', 'path=dir/ok.txt/more', 404],
    ['what is not there', 'path=none', 404],
    ['a home directory', 'path=~/', 404],
    ['a file URL', 'path=file:///etc/passwd', 404],
    ['[D15] a link', 'path=link', 403],
    ['[D15] a link to something inside', 'path=inside', 403],
    ['[D15] a way through a link', 'path=dirlink/secret', 403],
    ['[D17] a link to itself', 'path=self', 403],
    ['[D17] a way through a link to itself', 'path=self/x', 403],
    ['[D17] a chain of links', 'path=chain50', 403],
    ['a hidden file that is not there', 'path=.none', 404],
    ['a secret by name', 'path=.ssh/id_rsa', 403],
    ['[D39] a secret in capitals', 'path=.SSH/ID_RSA', 403],
    ['[D39] a secret written another way', `path=${encodeURIComponent('.ｓſ\u200dh')}`, 403],
    ['[D39] a secret with a full stop behind it', 'path=.ssh./x', 403],
    ['[D27] a magic link', 'path=/proc/self/fd/0', 403],
    ['[D25] a device', 'path=/dev/zero', 403],
  ])('%s', async (_what, query, status) => {
    const answer = await ask(query, route);
    expect(answer.status).toBe(status);
    expectClean(answer);
  });

  it('tells nothing of what is outside', async () => {
    const [there, missing] = await Promise.all([
      ask('path=/etc/passwd', route),
      ask('path=/etc/missing', route),
    ]);
    const said = ({ text }: Answer): unknown => {
      const { correlationId: _, ...rest } = JSON.parse(text) as { correlationId: string };
      return rest;
    };
    expect(said(there)).toEqual(said(missing));
  });
});

it('[D15] [D17] says that it is a link', async () => {
  expect(await ask('path=link')).toMatchObject({ code: 'path-not-allowed', reason: 'symlink' });
  expect(await ask('path=chain50')).toMatchObject({ reason: 'symlink' });
});

it('gives no file with a second name', async () => {
  expect(await ask('path=hard')).toMatchObject({ status: 403, reason: 'hard-link' });
});

it('reads + as the space that it is in a query, and %2B as +', async () => {
  expect((await ask('path=a%2Bb+c.txt')).text).toBe('plus');
  expect((await ask('path=a%2Bb%20c.txt')).text).toBe('plus');
  expect((await ask('path=a+b+c.txt')).status).toBe(404);
});

it('skips empty names as the system does', async () => {
  expect((await ask(inRoot('.').replace('%2F.', '%2F%2F') + '//dir///ok.txt')).text).toBe('fine');
});

it('takes a slash at the end for a directory, as the system does', async () => {
  expect((await ask('path=dir/ok.txt/')).status).toBe(404);
  expect((await ask('path=dir/', 'directory')).status).toBe(200);
});

it('[D21] stays with the directory that was there at the start', async () => {
  const moved = join(files.dir, 'moved');
  const link = files.work();
  renameSync(link, moved);
  symlinkSync(files.dir, link);
  try {
    expect((await ask('path=dir/ok.txt')).text).toBe('fine');
    const answer = await ask('path=secret');
    expect(answer.status).toBe(404);
    expect((await ask(inRoot('secret'))).status).toBe(404);
  } finally {
    unlinkSync(link);
    renameSync(moved, link);
  }
});

it('asks who it is first', async () => {
  const nobody = { credential: {} } as TestClient;
  expect((await ask('path=dir', 'directory', nobody)).status).toBe(401);
  expect((await ask('path=dir/ok.txt', 'file', nobody)).status).toBe(401);
  expect((await ask('', 'file-roots', nobody)).status).toBe(401);
});

it.each(['script', 'image', 'video', 'iframe', 'object'])(
  '[C17] gives a foreign page nothing to put into a %s',
  async (dest) => {
    for (const site of ['cross-site', 'same-site']) {
      const reply = await client.request('api/file?path=dir/ok.txt', {
        headers: { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': dest },
      });
      expect(reply.status).toBe(403);
    }
  },
);
