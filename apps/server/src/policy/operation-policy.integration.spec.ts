import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TmuxServer } from '#testing';
import { loadConfig } from '../config/load-config.js';
import { startServer } from '../main.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import type { TestClient, TestReply } from '../testing/test-client.js';
import type { TestStream } from '../testing/test-stream.js';

const POLICY = {
  operator: { deny: [{ effect: 'kill' }, { command: 'new-session' }, { command: 'send-keys' }] },
};

let server: ServerUnderTest;
let client: TestClient;
let stream: TestStream;

beforeAll(async () => {
  const tmux = await TmuxServer.start();
  const file = join(tmux.dir, 'tmuxy.yaml');
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ policy: POLICY }), { mode: 0o600 });
  const flags = { port: '0', logLevel: 'silent', socketPath: tmux.socketPath };
  const config = loadConfig({
    env: {},
    file,
    homeDir: tmux.dir,
    isTerminal: false,
    flags: { ...flags, stateDir: join(tmux.dir, 'state') },
  });
  server = ServerUnderTest.of(tmux, await startServer(config, join(tmux.dir, 'no-web')));
  client = await server.clientOf();
  stream = await client.open();
});

afterAll(async () => {
  stream.close();
  await server.stop();
});

const refusal = ({ status, body }: TestReply): unknown => [status, body];
const denied = (command: string, rule: string): unknown => [
  403,
  expect.objectContaining({
    code: 'policy-denied',
    details: expect.objectContaining({ command, rule }) as unknown,
  }),
];

describe('a policy that denies something', () => {
  it('denies it to the buttons of the page', async () => {
    expect(refusal(await client.command(stream, 'kill-session', {}))).toEqual(
      denied('kill-session', 'policy.operator.deny[0]'),
    );
    expect(refusal(await client.command(stream, 'kill-pane', { pane: '%0' }))).toEqual(
      denied('kill-pane', 'policy.operator.deny[0]'),
    );
    expect(refusal(await client.request('api/sessions/$0', { method: 'DELETE' }))).toEqual(
      denied('kill-session', 'policy.operator.deny[0]'),
    );
  });

  it('denies making sessions in every way there is', async () => {
    const bySession = denied('new-session', 'policy.operator.deny[1]');
    expect(refusal(await client.post('api/sessions', { name: 'new' }))).toEqual(bySession);
    expect(refusal(await client.request('events?session=new&create=1'))).toEqual(bySession);
    expect(refusal(await client.command(stream, 'tmux', { command: 'new-session' }))).toEqual(
      bySession,
    );
    expect(await server.tmux.run('list-sessions', '-F', '#{session_name}')).toBe('main\n');
  });

  it('denies typing where it denies send-keys', async () => {
    const typing = denied('send-keys', 'policy.operator.deny[2]');
    const typed = { pane: '%0', data: 'x', seq: stream.nextSeq() } as const;
    expect(refusal(await client.command(stream, 'send-input', typed))).toEqual(typing);
    expect(refusal(await client.command(stream, 'paste', { pane: '%0', data: 'x' }))).toEqual(
      typing,
    );
  });

  it('leaves the rest, and other roles', async () => {
    expect((await client.command(stream, 'new-window', {})).status).toBe(200);
    const admin = await server.clientOf({ role: 'admin', name: 'boss' });
    const own = await admin.open();
    expect((await admin.command(own, 'kill-pane', { pane: '%0' })).status).toBe(200);
    own.close();
  });
});
