import { appendFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { waitFor } from '#testing';
import { FilesUnderTest } from '../../testing/files-under-test.js';
import type { TestClient, TestReply } from '../../testing/test-client.js';
import { DOWNLOADS_MAX } from './download-slots.js';

const MAX_BYTES = 32 * 1024 * 1024;

let files: FilesUnderTest;
let client: TestClient;

beforeAll(async () => {
  files = await FilesUnderTest.start({ maxBytes: MAX_BYTES });
  writeFileSync(files.work('ten'), '0123456789');
  writeFileSync(files.work('big'), Buffer.alloc(MAX_BYTES, 'b'));
  client = await files.server.clientOf();
});

afterAll(async () => {
  await files.stop();
});

const query = (name: string): string => `api/file?path=${encodeURIComponent(name)}`;
const get = (name: string, headers: Record<string, string> = {}): Promise<TestReply> =>
  client.request(query(name), { headers });

/** Begins a download and stops reading after the headers. */
function begin(
  name: string,
  who = client,
): Promise<{ request: ClientRequest; response: IncomingMessage }> {
  return new Promise((resolve, reject) => {
    const url = new URL(query(name), files.server.running.url);
    const request = httpRequest(url, { headers: { ...who.credential }, agent: false });
    request.on('error', reject);
    request.on('response', (response) => {
      response.on('error', () => undefined);
      resolve({ request, response });
    });
    request.end();
  });
}

const descriptors = (): number => readdirSync('/proc/self/fd').length;

describe('a download', () => {
  it('says what it is, and has the same for HEAD', async () => {
    const whole = await get('ten');
    expect(whole.body).toBe('0123456789');
    const head = await client.request(query('ten'), { method: 'HEAD' });
    for (const { status, headers } of [whole, head]) {
      expect(status).toBe(200);
      expect(headers.get('content-length')).toBe('10');
      expect(headers.get('accept-ranges')).toBe('bytes');
      expect(headers.get('etag')).toMatch(/^"[0-9a-f-]+"$/);
      expect(Date.parse(headers.get('last-modified') ?? '')).toBeGreaterThan(0);
      expect(headers.get('cache-control')).toBe('no-store');
    }
    expect(head.body).toBe('');
  });

  it.each([
    ['page.html', '<script>alert(1)</script>', 'text/plain; charset=utf-8'],
    ['a.svg', '<svg onload="alert(1)"/>', 'text/plain; charset=utf-8'],
    ['a.js', 'alert(1)', 'text/plain; charset=utf-8'],
    ['a.xml', '<?xml version="1.0"?>', 'text/plain; charset=utf-8'],
    ['a.pdf', Buffer.from('%PDF-1.7\n\0'), 'application/octet-stream'],
    ['a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'application/octet-stream'],
    ['latin1.txt', Buffer.from([0x61, 0xe4]), 'application/octet-stream'],
    ['cut.txt', 'a'.repeat(1023) + 'ä', 'text/plain; charset=utf-8'],
    ['empty.txt', '', 'text/plain; charset=utf-8'],
  ])('[D33] of %s is never a document', async (name, content, type) => {
    writeFileSync(files.work(name), content);
    const { headers } = await get(name);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('content-disposition')).toBe(`attachment; filename=${name}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('[D33] has a name that splits no header and turns no text around', async () => {
    const name = `ü"\r\nSet-Cookie: a=b;\u202egpj.exe`;
    writeFileSync(files.work(name), '');
    const { headers } = await get(name);
    expect(headers.get('set-cookie')).toBeNull();
    const disposition = headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; /);
    expect(disposition).toContain("filename*=UTF-8''%C3%BC%22__Set-Cookie%3A%20a%3Db%3B_gpj.exe");
  });

  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=8-', '89', 'bytes 8-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
    ['bytes=5-99', '56789', 'bytes 5-9/10'],
    ['BYTES = 0-0', '0', 'bytes 0-0/10'],
  ])('gives the range %s', async (range, body, contentRange) => {
    const reply = await get('ten', { Range: range });
    expect([reply.status, reply.body, reply.headers.get('content-range')]).toEqual([
      206,
      body,
      contentRange,
    ]);
    expect(reply.headers.get('content-length')).toBe(String(body.length));
  });

  it.each([
    ['of a thousand pieces', `bytes=${'0-0,'.repeat(999)}1-1`],
    ['of two pieces', 'bytes=0-0,1-1'],
    ['that is no number', 'bytes=-1e99'],
    ['backwards', 'bytes=5-2'],
    ['behind the end', 'bytes=10-'],
    ['of nothing at the end', 'bytes=-0'],
    ['of nothing', 'bytes='],
    ['of a dash', 'bytes=-'],
    ['below zero', 'bytes=--1'],
    ['in hex', 'bytes=0x0-1'],
    ['that no number holds', 'bytes=99999999999999999999-'],
  ])('[D35] refuses a range %s', async (_what, range) => {
    const reply = await get('ten', { Range: range });
    expect(reply.status).toBe(416);
    expect(reply.headers.get('content-range')).toBe('bytes */10');
    expect(reply.body).toMatchObject({ code: 'range-not-satisfiable' });
  });

  it('[D35] gives all of it for a unit that it does not know', async () => {
    expect((await get('ten', { Range: 'lines=1-2' })).status).toBe(200);
  });

  it('is not sent to who has it', async () => {
    const { headers } = await get('ten');
    const etag = headers.get('etag') ?? '';
    const known = await get('ten', { 'If-None-Match': `"x", W/${etag}` });
    expect([known.status, known.body]).toEqual([304, '']);
    expect((await get('ten', { 'If-None-Match': '"x"' })).status).toBe(200);
    const range = { Range: 'bytes=0-0' };
    expect((await get('ten', { ...range, 'If-Range': etag })).status).toBe(206);
    expect((await get('ten', { ...range, 'If-Range': '"x"' })).status).toBe(200);
    writeFileSync(files.work('ten'), '0123456789');
    expect((await get('ten', { ...range, 'If-Range': etag })).status).toBe(200);
    expect((await get('ten', { 'If-None-Match': etag })).status).toBe(200);
  });

  it('of a file that is too large is refused, and given in ranges', async () => {
    writeFileSync(files.work('huge'), '');
    truncateSync(files.work('huge'), 2 ** 40);
    const whole = await get('huge');
    expect([whole.status, (whole.body as { code: unknown }).code]).toEqual([413, 'too-large']);
    expect((await get('huge', { Range: `bytes=0-${MAX_BYTES}` })).status).toBe(413);
    const part = await get('huge', { Range: `bytes=${2 ** 40 - 2}-` });
    expect([part.status, part.body]).toEqual([206, '\0\0']);
  });

  it('of a file that grows ends where it ended', async () => {
    const { response } = await begin('big');
    appendFileSync(files.work('big'), 'more');
    let length = 0;
    for await (const piece of response) length += (piece as Buffer).length;
    expect(length).toBe(MAX_BYTES);
    truncateSync(files.work('big'), MAX_BYTES);
  });

  it('of a file that shrinks is cut off, so that nobody takes it for the whole', async () => {
    writeFileSync(files.work('shrinks'), Buffer.alloc(MAX_BYTES, 's'));
    const { response } = await begin('shrinks');
    truncateSync(files.work('shrinks'), 10);
    const end = new Promise((resolve) => {
      response.on('aborted', () => {
        resolve('aborted');
      });
      response.on('end', () => {
        resolve('end');
      });
    });
    response.resume();
    expect(await end).toBe('aborted');
  });

  it('leaves nothing open when the client goes away', async () => {
    const before = descriptors();
    for (let i = 0; i < 20; i++) {
      const { request } = await begin('big');
      request.destroy();
    }
    await Promise.all(['none', '.ssh/x', 'ten/x'].map((name) => get(name)));
    await waitFor(() => descriptors() <= before + 2);
  });

  it('is one of so many at once', async () => {
    const who = await files.server.clientOf({ name: 'greedy' });
    const open = await Promise.all(Array.from({ length: DOWNLOADS_MAX }, () => begin('big', who)));
    const more = await who.request(query('ten'));
    expect([more.status, more.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await get('ten')).status).toBe(200);
    for (const { request } of open) request.destroy();
    await waitFor(async () => (await who.request(query('ten'))).status === 200);
  });

  it('ends with the sign-in that asked for it', async () => {
    const leaver = await files.server.clientOf({ name: 'leaver' });
    const { response } = await begin('big', leaver);
    const aborted = new Promise((resolve) => response.on('aborted', resolve));
    expect((await leaver.post('api/sign-out', {})).status).toBe(204);
    response.resume();
    await aborted;
    expect(response.complete).toBe(false);
  });
});
