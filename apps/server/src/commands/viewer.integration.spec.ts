import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '#testing';
import type { CommandName, Commands } from '#dto';
import { CredentialEvents } from '../auth/credential-events.js';
import type { NewSignIn } from '../auth/sign-ins.service.js';
import { SessionTokensService } from '../tokens/session-tokens.service.js';
import { HOSTILE_LINES } from '../testing/hostile-lines.js';
import { RecordedTmux } from '../testing/recorded-tmux.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import type { TestClient } from '../testing/test-client.js';
import type { TestStream } from '../testing/test-stream.js';
import { settled, tmuxState } from '../testing/tmux-state.js';
import { ChangingHandlers } from './changing-handlers.js';
import { CommandLineService } from './command-line/command-line.service.js';
import { InputHandlers } from './input.handlers.js';

/** What is about one's own stream, and changes nothing in tmux. */
type OwnStream = 'resync' | 'ack' | 'set-visibility';

/** Everything that an operator may send, with arguments that would be carried out. */
const EVERYTHING: { readonly [C in Exclude<CommandName, OwnStream>]: Commands[C]['args'] } = {
  'send-input': { pane: '%0', data: 'echo hacked\r', seq: 1 },
  paste: { pane: '%0', data: 'echo hacked\r' },
  tmux: { command: 'split-window' },
  'run-binding': { table: 'prefix', key: 'c' },
  'take-driver': {},
  'set-size': { cols: 60, rows: 20 },
  'select-pane': { pane: '%1' },
  'split-pane': { pane: '%0', direction: 'right' },
  'kill-pane': { pane: '%0' },
  'zoom-pane': { pane: '%0' },
  'resize-pane': { pane: '%0', cols: 20 },
  'swap-pane': { source: '%0', target: '%1' },
  'break-pane': { pane: '%0' },
  'clear-history': { pane: '%0' },
  'select-layout': { window: '@0', layout: 'tiled' },
  'select-window': { window: '@0' },
  'new-window': {},
  'rename-window': { window: '@0', name: 'hacked' },
  'kill-window': { window: '@0' },
  'move-window': { window: '@0', before: null },
  'rename-session': { name: 'hacked' },
  'kill-session': {},
};

/** What an operator types on good days. */
const PLAIN_LINES = [
  ...['list-panes', 'display-message -p hello', 'show-options', 'list-keys', 'capture-pane -p'],
  ...['select-pane -t %1', 'new-window', 'splitw -h', 'kill-pane', 'resize-pane -Z', 'next-layout'],
  ...['rename-window x', 'set-buffer x', 'paste-buffer', 'send-keys x', 'copy-mode', 'clock-mode'],
  ...['choose-tree', 'detach-client', 'switch-client -n', 'refresh-client', 'resize-window -x 20'],
  ...['set -g status off', 'setenv A b', 'bind x kill-pane', 'attach-session -t main', '', '; ;'],
];

/** Lines of a control client's own looks; anything else would be somebody's command. */
const OWN_LINE = /^show-optio |^display-message "-p" "-t" "\\044\d+:" "k/;

const LOOKERS: readonly (readonly [
  who: string,
  rights: Partial<NewSignIn>,
  flags: Readonly<Record<string, string>>,
])[] = [
  ['a viewer', { role: 'viewer' }, {}],
  ['a read-only admin', { role: 'admin', readOnly: true }, {}],
  ['an admin of a read-only server', { role: 'admin' }, { readOnly: 'true' }],
  ['an admin at a read-only session', { role: 'admin' }, { readOnlySessions: 'main' }],
];

let server: ServerUnderTest;
let recorded: RecordedTmux;
let client: TestClient;
let stream: TestStream;

async function start(
  rights: Partial<NewSignIn>,
  flags: Readonly<Record<string, string>> = {},
): Promise<void> {
  recorded = await RecordedTmux.create();
  server = await ServerUnderTest.start({ ...flags, tmuxBin: recorded.bin });
  await server.tmux.run('split-window', '-t', 'main');
  await server.tmux.run('set-buffer', '-b', 'kept', 'of the user');
  await settled(server.tmux);
  client = await server.clientOf(rights);
  stream = await client.open();
  await stream.next('snapshot');
}

afterEach(async () => {
  stream.close();
  await server.stop();
  await recorded.remove();
});

describe.each(LOOKERS)('%s', (who, rights, flags) => {
  beforeEach(() => start(rights, flags));

  it(`[F1] changes nothing of tmux as ${who}, with all that an operator may send`, async () => {
    const marker = join(server.tmux.dir, 'marker');
    const lines = [...HOSTILE_LINES.map(([, line]) => line), ...PLAIN_LINES];
    const before = await tmuxState(server.tmux);
    const from = { calls: recorded.calls.length, lines: recorded.lines.length };
    for (const [cmd, args] of Object.entries(EVERYTHING)) {
      expect(await send({ cmd, args })).toEqual([cmd, 403, 'read-only']);
    }
    for (const line of lines) {
      const command = line.replaceAll('MARK', marker);
      const [, ...answer] = await send({ cmd: 'tmux', args: { command } });
      expect([line, ...answer]).toEqual([line, 403, 'read-only']);
    }
    expect(recorded.calls.slice(from.calls)).toEqual([]);
    expect(recorded.lines.slice(from.lines).filter((line) => !OWN_LINE.test(line))).toEqual([]);
    expect(await tmuxState(server.tmux)).toBe(before);
    expect(existsSync(marker)).toBe(false);
    expect(stream.info.readOnly).toBe(true);
    expect(stream.all('snapshot').at(-1)?.driver).toBeNull();
  });

  it(`[F3] is refused as ${who} whatever is in the body beside the command`, async () => {
    const split = { cmd: 'split-pane', args: { pane: '%0', direction: 'right' } };
    const forged = [
      JSON.stringify({ ...split, role: 'operator', readOnly: false, identity: { role: 'admin' } }),
      `{"__proto__":{"role":"admin"},"cmd":"split-pane","args":{"pane":"%0","direction":"right"}}`,
      `{"constructor":{"prototype":{"role":"admin"}},"cmd":"kill-session","args":{}}`,
      `{"cmd":["resync"],"args":{}}`,
      `{"cmd":"no-such","args":{}}`,
      `{"cmd":"kill-session"}`,
      `[]`,
    ];
    const before = await tmuxState(server.tmux);
    for (const body of forged) {
      const reply = await client.post('commands?session=main', body, token());
      expect([body, reply.status]).toEqual([body, expect.any(Number)]);
      expect([403, 400]).toContain(reply.status);
      if (body.includes('"identity"')) expect(reply.body).toMatchObject({ code: 'read-only' });
    }
    expect(await tmuxState(server.tmux)).toBe(before);
  });
});

describe('somebody who only looks', () => {
  it('[B15] is refused by its role, not by its token', async () => {
    await start({ role: 'viewer' });
    expect(await send({ cmd: 'kill-session', args: {} })).toEqual([
      'kill-session',
      403,
      'read-only',
    ]);
    expect((await client.command(stream, 'resync', {})).status).toBe(200);
  });

  it('[F9] makes, renames and ends no session, also as the admin of a read-only server', async () => {
    await start({ role: 'admin' }, { readOnly: 'true' });
    const before = await tmuxState(server.tmux);
    const from = recorded.calls.length;
    const json = { 'Content-Type': 'application/json' };
    const name = JSON.stringify({ name: 'new' });
    const replies = [
      await client.post('api/sessions', { name: 'new' }),
      await client.post('api/sessions', { name: 'new', role: 'admin' }),
      await client.request('api/sessions/$0', { method: 'PATCH', headers: json, body: name }),
      await client.request('api/sessions/$0', { method: 'DELETE' }),
    ];
    for (const { status, body } of replies) {
      expect([status, (body as { code: unknown }).code]).toEqual([403, 'read-only']);
    }
    expect((await client.request('events?session=new&create=1')).status).toBe(403);
    expect(recorded.calls.slice(from).join('\n')).not.toMatch(/new-session|kill-|rename-/);
    expect(await tmuxState(server.tmux)).toBe(before);
  });

  it('[F9] finds nothing that could change tmux in a read-only server', async () => {
    await start({ role: 'admin' }, { readOnly: 'true' });
    const { app } = server.running;
    for (const part of [ChangingHandlers, InputHandlers, CommandLineService]) {
      expect(() => app.get<unknown>(part, { strict: false })).toThrow(part.name);
    }
    expect((await client.command(stream, 'resync', {})).status).toBe(200);
  });

  it('[F9] would find it in another', async () => {
    await start({ role: 'admin' });
    const { app } = server.running;
    for (const part of [ChangingHandlers, InputHandlers, CommandLineService]) {
      expect(app.get<unknown>(part, { strict: false })).toBeInstanceOf(part);
    }
  });

  it('[F11] looks on after a downgrade, when it comes back', async () => {
    await start({ role: 'operator' });
    expect(stream.info.readOnly).toBe(false);
    expect((await client.command(stream, 'zoom-pane', { pane: '%0' })).status).toBe(200);
    const other = await server.clientOf({ role: 'operator', name: 'bo' });
    const otherStream = await other.open();
    const { app } = server.running;
    const connection = app.get(SessionTokensService).resolve(stream.info.sessionToken);
    const credentialId = connection?.identity.credentialId ?? '';
    app.get(CredentialEvents).end({ credentialId, reason: 'rights-changed' });
    const fatal = await stream.next('fatal');
    expect(fatal.code).toBe('rights-changed');
    await waitFor(() => stream.isEnded);
    expect(otherStream.isEnded).toBe(false);
    const after = await client.command(stream, 'zoom-pane', { pane: '%0' });
    expect(after).toMatchObject({ status: 401, body: { code: 'session-token-invalid' } });
    otherStream.close();
  });

  it('[F13] gets few pictures, however many it asks for', async () => {
    await start({ role: 'viewer' });
    const captures = (): number =>
      recorded.lines.filter((line) => line.includes('capture-pane')).length;
    const before = captures();
    const startedAt = performance.now();
    for (let round = 0; round < 10; round += 1) {
      const asked = Array.from({ length: 100 }, () => client.command(stream, 'resync', {}));
      for (const { status } of await Promise.all(asked)) expect(status).toBe(200);
    }
    // One at once, then one each half second.
    const most = 2 + (performance.now() - startedAt) / 500;
    expect(captures() - before).toBeLessThanOrEqual(most);
    await waitFor(() => captures() > before);
  });
});

/** Sends any body on the stream's connection; answers its command, the status and the error's code. */
async function send(body: {
  readonly cmd: string;
  readonly args: unknown;
}): Promise<readonly [cmd: string, status: number, code: unknown]> {
  const reply = await client.post('commands?session=main', body, token());
  return [body.cmd, reply.status, (reply.body as { code?: unknown }).code];
}

const token = (): Record<string, string> => ({ 'X-Session-Token': stream.info.sessionToken });
