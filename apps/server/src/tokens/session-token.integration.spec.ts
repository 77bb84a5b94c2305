import { once } from 'node:events';
import { connect } from 'node:net';
import type { TestClient } from '../testing/test-client.js';
import type { TestStream } from '../testing/test-stream.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import { settled, tmuxState } from '../testing/tmux-state.js';

let server: ServerUnderTest;
let client: TestClient;
let stream: TestStream;

beforeAll(async () => {
  server = await ServerUnderTest.start();
  await settled(server.tmux);
  client = await server.client();
  stream = await client.open();
});

afterAll(async () => {
  stream.close();
  await server.stop();
});

const RENAME = { cmd: 'rename-session', args: { name: 'taken' } } as const;

describe('a command', () => {
  it.each([
    ['without one', {}, 'session-token-required'],
    ['with an empty one', { 'X-Session-Token': '' }, 'session-token-required'],
    ['with spaces', { 'X-Session-Token': '   ' }, 'session-token-required'],
    ['with 31 digits', { 'X-Session-Token': 'a'.repeat(31) }, 'session-token-invalid'],
    ['with 63 digits', { 'X-Session-Token': 'a'.repeat(63) }, 'session-token-invalid'],
    [
      'with another of the right form',
      { 'X-Session-Token': '0'.repeat(32) },
      'session-token-invalid',
    ],
    ['with what is no digit', { 'X-Session-Token': 'g'.repeat(32) }, 'session-token-invalid'],
    ['with 10 KB', { 'X-Session-Token': 'a'.repeat(10_240) }, 'session-token-invalid'],
    ["with an object's own", { 'X-Session-Token': '__proto__' }, 'session-token-invalid'],
  ])('[B1] is refused %s', async (_how, headers, code) => {
    const before = await tmuxState(server.tmux);
    const reply = await client.post('commands?session=main', RENAME, headers);
    expect([reply.status, reply.body]).toEqual([401, expect.objectContaining({ code })]);
    expect(await tmuxState(server.tmux)).toBe(before);
  });

  it.each([
    ['in capitals', (token: string) => token.replace(/[a-f]/g, (digit) => digit.toUpperCase())],
    ['with one digit more', (token: string) => `${token}0`],
    ['with one digit less', (token: string) => token.slice(1)],
    ['twice over', (token: string) => token + token],
    ['in quotes', (token: string) => `"${token}"`],
  ])('[B1] is refused with its own written %s', async (_how, write) => {
    // One in a million of all tokens has no letter; those would not differ in capitals.
    const token = await tokenWithLetters();
    const headers = { 'X-Session-Token': write(token) };
    const reply = await client.post('commands?session=main', RENAME, headers);
    expect([reply.status, reply.body]).toEqual([
      401,
      expect.objectContaining({ code: 'session-token-invalid' }),
    ]);
  });

  it('[B1] is refused with digits of other scripts', async () => {
    const before = await tmuxState(server.tmux);
    const { port } = server.running;
    for (const digit of ['\u0661', '\uff11', '\u{1d7d8}']) {
      const socket = connect(port, '127.0.0.1');
      let answer = '';
      socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
      const body = JSON.stringify(RENAME);
      // Bytes, as a program may send them: `fetch` refuses to.
      socket.write(
        [
          'POST /commands?session=main HTTP/1.1',
          `Host: 127.0.0.1:${String(port)}`,
          ...Object.entries(client.credential).map(([name, value]) => `${name}: ${value}`),
          'Content-Type: application/json',
          `Content-Length: ${String(body.length)}`,
          'Connection: close',
          `X-Session-Token: ${digit.repeat(32)}`,
          '',
          body,
        ].join('\r\n'),
      );
      await once(socket, 'close');
      expect(answer).toMatch(/^HTTP\/1\.1 401 /);
      expect(answer).toContain('"session-token-invalid"');
    }
    expect(await tmuxState(server.tmux)).toBe(before);
  });

  it('goes through with its own', async () => {
    const reply = await client.command(stream, 'rename-session', RENAME.args);
    expect(reply.status).toBe(200);
    expect(await tmuxState(server.tmux)).toContain('taken');
  });
});

async function tokenWithLetters(): Promise<string> {
  for (;;) {
    const { sessionToken } = stream.info;
    if (/[a-f]/.test(sessionToken)) return sessionToken;
    stream.close();
    stream = await client.open();
  }
}
