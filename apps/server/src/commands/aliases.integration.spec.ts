import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '#testing';
import { HOSTILE_LINES } from '../testing/hostile-lines.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import type { TestClient, TestReply } from '../testing/test-client.js';
import type { TestStream } from '../testing/test-stream.js';

let server: ServerUnderTest;
let client: TestClient;
let stream: TestStream;

beforeEach(async () => {
  server = await ServerUnderTest.start();
  client = await server.clientOf({ role: 'operator' });
  stream = await client.open();
  await stream.next('snapshot');
});

afterEach(async () => {
  stream.close();
  await server.stop();
});

const tmux = (command: string): Promise<TestReply> => client.command(stream, 'tmux', { command });
const alias = (index: number, value: string): Promise<string> =>
  server.tmux.run('set-option', '-s', `command-alias[${index}]`, value);

describe('command-alias', () => {
  it('[E31] changes the meaning of no typed word', async () => {
    await alias(50, 'list-windows=display-message -p hijacked');
    await alias(51, 'split-window=kill-session -t main');
    await alias(52, 'zz=kill-server');
    const reply = await tmux('list-windows -F "#{window_id}"');
    expect(reply.body).toEqual({ result: { output: ['@0'], ui: [] } });
    expect((await tmux('lsw -F "#{window_id}"')).body).toEqual(reply.body);
    expect((await tmux('split-window')).status).toBe(200);
    expect(await tmux('zz')).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(await server.tmux.run('list-panes', '-F', '#{pane_id}')).toBe('%0\n%1\n');
  });

  it('[E31] changes the meaning of no operation, nor of what is read for the screen', async () => {
    const names = ['send-keys', 'copy-mode', 'new-window', 'display-message', 'list-panes'];
    const more = ['list-sessions', 'capture-pane', 'attach-session', 'refresh-client', 'list-keys'];
    for (const [index, name] of [...names, ...more].entries()) {
      await alias(60 + index, `${name}=set-buffer -b hijacked`);
    }
    // A line typed reads them; the operations after it know.
    await tmux('next-layout');
    await client.type(stream, '%0', 'echo in"tact"\r');
    await stream.next('output', ({ data }) => data.includes('intact'));
    expect((await client.command(stream, 'new-window', {})).status).toBe(200);
    expect((await client.request('api/sessions')).body).toMatchObject({
      sessions: [{ name: 'main' }],
    });
    const again = await client.open();
    expect((await again.next('snapshot')).windows).toHaveLength(2);
    again.close();
    expect(await server.tmux.run('list-buffers')).toBe('');
    await server.tmux.run('set-option', '-su', 'command-alias');
  });

  it('refuses a command when every name of it is taken', async () => {
    // It has no alias, and every beginning that is not taken is no other’s.
    const words = Array.from('kill-session', (_, length) => 'kill-session'.slice(0, length + 1));
    for (const [index, word] of words.entries()) await alias(50 + index, `${word}=kill-server`);
    await server.tmux.run('new-session', '-d', '-s', 'spare');
    expect(await tmux('kill-session -t =spare')).toMatchObject({
      status: 403,
      body: { code: 'policy-denied', details: { command: 'kill-session', rule: 'command-alias' } },
    });
    expect(await server.tmux.isRunning()).toBe(true);
  });

  it('refuses a word inside another command that is taken', async () => {
    await alias(50, 'next-window=kill-server');
    expect(await tmux(`if-shell -F 1 'next-window'`)).toMatchObject({
      status: 403,
      body: { details: { rule: 'command-alias' } },
    });
    expect(await server.tmux.isRunning()).toBe(true);
  });
});

describe('hostile lines of an operator', () => {
  it.each(HOSTILE_LINES)('[%s] leaves tmux as it was: %j', async (_id, line) => {
    const marker = join(server.tmux.dir, 'marker');
    const before = await later();
    const reply = await tmux(line.replaceAll('MARK', marker));
    expect([400, 403]).toContain(reply.status);
    expect(existsSync(marker)).toBe(false);
    expect(await later()).toBe(before);
  });

  it('leave nothing behind that would run later', async () => {
    const before = await later();
    const marker = join(server.tmux.dir, 'marker');
    for (const [, line] of HOSTILE_LINES) await tmux(line.replaceAll('MARK', marker));
    for (const line of ['list-panes', 'new-window', 'split-window', 'kill-pane', 'next-window']) {
      expect((await tmux(line)).status).toBe(200);
    }
    await client.type(stream, '%0', 'echo do"ne"\r');
    await waitFor(async () =>
      (await server.tmux.run('capture-pane', '-p', '-t', '%0')).includes('done'),
    );
    expect(await later()).toBe(before);
    expect(existsSync(marker)).toBe(false);
  });
});

/** What of tmux runs later, or decides what runs. */
async function later(): Promise<string> {
  const tables = [
    ['show-hooks', '-g'],
    ['list-keys'],
    ['show-options', '-s'],
    ['show-options', '-g'],
  ];
  const answers: string[] = [];
  for (const words of [...tables, ['show-environment', '-g']]) {
    answers.push(await server.tmux.run(...words));
  }
  return answers.join('\n');
}
