import { ControlClient, waitFor } from '#testing';
import type { SessionsView } from '#dto';
import { FOREIGN_TARGETS } from '../testing/hostile-lines.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import type { TestClient, TestReply } from '../testing/test-client.js';
import type { TestStream } from '../testing/test-stream.js';
import { settled, tmuxState } from '../testing/tmux-state.js';

/** In everything of the other session that could be told, and in nothing that is typed. */
const SECRET = 'zq7secret';

let server: ServerUnderTest;
let client: TestClient;
let stream: TestStream;

beforeEach(async () => {
  server = await ServerUnderTest.start({}, { session: 'team-a' });
  await server.tmux.startSession('boss');
  const boss = ['-t', 'boss:'];
  await server.tmux.run('rename-window', ...boss, `${SECRET}-window`);
  await server.tmux.run('select-pane', ...boss, '-T', `${SECRET}-title`);
  await server.tmux.run('set-option', ...boss, '@note', `${SECRET}-option`);
  await server.tmux.run('set-environment', ...boss, 'NOTE', `${SECRET}-environment`);
  await server.tmux.run('set-buffer', '-b', 'boss', `${SECRET}-buffer`);
  await server.tmux.run('send-keys', ...boss, '-l', `${SECRET}-screen`);
  await server.tmux.run('select-pane', '-m', '-t', 'boss:0.0');
  await settled(server.tmux);
  client = await server.clientOf({ role: 'operator', sessions: [['team-*']] });
  stream = await client.open('team-a');
  await stream.next('snapshot');
});

afterEach(async () => {
  stream.close();
  await server.stop();
});

const code = ({ body }: TestReply): unknown => (body as { code?: unknown }).code;
const tmux = (command: string): Promise<TestReply> => client.command(stream, 'tmux', { command });

/** The state of everything but the session `team-a`, which may well change. */
async function bossState(): Promise<string> {
  const state = await tmuxState(server.tmux);
  return state
    .split('\n')
    .filter((line) => !line.startsWith('$0 '))
    .join('\n');
}

describe('an operator of some sessions', () => {
  it('[E61] reaches no other session by any target, and learns nothing of it', async () => {
    const [session = '', window = '', pane = ''] = (
      await server.tmux.run(
        'display-message',
        '-p',
        '-t',
        'boss:',
        '#{session_id} #{window_id} #{pane_id}',
      )
    )
      .trim()
      .split(' ');
    const before = await bossState();
    const received: string[] = [];
    for (const line of FOREIGN_TARGETS) {
      const command = line
        .replaceAll('NAME', 'boss')
        .replaceAll('NAM', 'bos')
        .replaceAll('SESSION', `\\${session}`)
        .replaceAll('WINDOW', window)
        .replaceAll('PANE', pane);
      const reply = await tmux(command);
      received.push(JSON.stringify(reply.body));
      const isHarmless = command.startsWith('confirm-before') && reply.status === 200;
      expect([command, isHarmless || [400, 403, 422].includes(reply.status)]).toEqual([
        command,
        true,
      ]);
    }
    expect(await bossState()).toBe(before);
    expect(received.join('\n')).not.toContain(SECRET);
    const events = stream.events.map(({ data }) => JSON.stringify(data)).join('\n');
    expect(events).not.toContain(SECRET);
    expect(events).not.toContain('boss');
  });

  it('[F7] finds other sessions as little as those that are not there', async () => {
    const answers = async (name: string): Promise<unknown[]> => {
      const json = { 'Content-Type': 'application/json' };
      const body = JSON.stringify({ name: 'team-b' });
      const id = name === 'boss' ? '$1' : '$77';
      const replies = [
        await client.request(`events?session=${name}`),
        await client.request(`events?session=${name}&create=1`),
        await client.post(`commands?session=${name}`, { cmd: 'resync', args: {} }),
        await client.request(`api/sessions/${id}`, { method: 'PATCH', headers: json, body }),
        await client.request(`api/sessions/${id}`, { method: 'DELETE' }),
        await client.post('api/sessions', { name }),
      ];
      return replies.map(({ status, body: answer }) => {
        const { correlationId: _id, ...rest } = answer as Record<string, unknown>;
        return [status, JSON.stringify(rest).replaceAll(name, 'NAME').replaceAll(id, 'ID')];
      });
    };
    const hidden = await answers('boss');
    expect(hidden).toEqual(await answers('nobody'));
    expect(hidden.map((answer) => (answer as [number])[0])).toEqual([404, 403, 401, 404, 404, 403]);
    for (const name of ['$1', 'Boss', 'boss:', 'bos', '=boss', '%1']) {
      expect((await client.request(`events?session=${encodeURIComponent(name)}`)).status).toBe(404);
    }
    const { sessions } = (await client.request('api/sessions')).body as SessionsView;
    expect(sessions.map(({ name }) => name)).toEqual(['team-a']);
  });

  it('gives sessions only names that it may see, before anything happens', async () => {
    const before = await server.tmux.run('list-sessions');
    expect(code(await client.command(stream, 'rename-session', { name: 'mine' }))).toBe(
      'forbidden',
    );
    expect(code(await tmux('rename-session mine'))).toBe('policy-denied');
    expect(code(await tmux('new-session -d -s mine'))).toBe('policy-denied');
    expect(code(await tmux('new-session -d'))).toBe('policy-denied');
    expect(code(await tmux(`if-shell -F 1 'rename-session mine'`))).toBe('policy-denied');
    expect(await server.tmux.run('list-sessions')).toBe(before);
    expect((await client.command(stream, 'rename-session', { name: 'team-c' })).status).toBe(200);
    expect((await client.post('api/sessions', { name: 'team-d' })).status).toBe(201);
  });

  it('still works in its own session', async () => {
    for (const line of [
      ...['split-window -h', 'select-pane -L', 'rename-window mine', 'new-window'],
      ...['list-panes', 'display-message -p "#{session_name}"', 'choose-tree -Zs'],
      ...['next-window', 'switch-client -n', 'kill-pane -t :.1'],
    ]) {
      expect([line, (await tmux(line)).status]).toEqual([line, 200]);
    }
    expect(await server.tmux.run('list-windows', '-t', 'boss', '-F', '#{window_panes}')).toBe(
      '1\n',
    );
  });

  it('is shown only its own sessions to switch to', async () => {
    await server.tmux.startSession('team-z');
    expect((await tmux('switch-client -n')).body).toMatchObject({
      result: { ui: [{ kind: 'switch-session', session: 'team-z' }] },
    });
    expect((await tmux('switch-client -p')).body).toMatchObject({
      result: { ui: [{ kind: 'switch-session', session: 'team-z' }] },
    });
  });

  it('loses a session that is renamed out of its sight at once', async () => {
    await server.tmux.run('rename-session', '-t', 'team-a', `${SECRET}-name`);
    const { code: reason, message } = await stream.next('fatal');
    expect(reason).toBe('session-ended');
    expect(message).toContain('team-a');
    await waitFor(() => stream.isEnded);
    expect(JSON.stringify(stream.events)).not.toContain(SECRET);
    expect(code(await tmux('list-panes'))).toBe('session-token-invalid');
  });
});

describe('windows that are linked into two sessions', () => {
  it('are seen where they are linked, and take nothing of the other session along', async () => {
    await server.tmux.run('link-window', '-s', 'boss:0', '-t', 'team-a:7');
    await stream.next('state', ({ windows }) => windows?.some(({ id }) => id === '@1') === true);
    const before = await server.tmux.run('list-windows', '-t', 'boss');
    expect(code(await tmux('kill-session -t @1'))).toBe('policy-denied');
    expect(code(await tmux('kill-session -t %1'))).toBe('policy-denied');
    expect((await client.command(stream, 'break-pane', { pane: '%1' })).status).not.toBe(500);
    expect(await server.tmux.run('has-session', '-t', 'boss').then(() => true)).toBe(true);
    expect(before).not.toBe('');
  });

  it('tell nothing of the other session where tmux takes it for theirs, and stay in it', async () => {
    await server.tmux.run('link-window', '-s', 'team-a:0', '-t', 'boss:7');
    // tmux takes a pane for one of the session that somebody looked at last.
    const terminal = await ControlClient.attach(server.tmux, 'boss');
    try {
      const shown = await server.tmux.run('display-message', '-p', '-t', '%0', '#{session_name}');
      expect(shown).toBe('boss\n');
      const before = await bossState();
      for (const line of [
        ...[`display-message '#S'`, 'display-message', `confirm-before -p '#S' kill-pane`],
        ...[`command-prompt -p '#S' -I '#S' 'rename-window "%%"'`, `display-message -p '#S'`],
        ...[`if-shell -F 1 "display-message -p '#S'"`, `if-shell -F 1 { move-window -t 9 }`],
        ...['move-window -t 5', 'break-pane -P', 'if-shell -F 1 break-pane'],
      ]) {
        const reply = await tmux(line);
        expect([line, reply.status, JSON.stringify(reply.body)]).toEqual([
          line,
          200,
          expect.not.stringContaining('boss'),
        ]);
      }
      expect(await bossState()).toBe(before);
      const shownThere = () => server.tmux.run('display-message', '-p', '-t', 'boss:', '#I');
      const index = await shownThere();
      await tmux('select-window -t :0');
      expect((await client.command(stream, 'set-size', { cols: 99, rows: 33 })).status).toBe(200);
      expect(await shownThere()).toBe(index);
    } finally {
      await terminal.close();
    }
  });
});

describe('a read-only session', () => {
  it('is left alone by those who may type in others, and by a rename', async () => {
    await server.stop();
    server = await ServerUnderTest.start({ readOnlySessions: 'ro-*' }, { session: 'work' });
    await server.tmux.startSession('ro-x');
    client = await server.clientOf({ role: 'admin' });
    stream = await client.open('work');
    await stream.next('snapshot');
    const before = await server.tmux.run('list-panes', '-a');
    expect(code(await tmux('send-keys -t ro-x: x'))).toBe('policy-denied');
    expect(code(await tmux('kill-session -t =ro-x'))).toBe('policy-denied');
    expect(code(await client.request('api/sessions/$1', { method: 'DELETE' }))).toBe('read-only');
    expect(await server.tmux.run('list-panes', '-a')).toBe(before);
    const looking = await client.open('ro-x');
    expect(looking.info.readOnly).toBe(true);
    await server.tmux.run('rename-session', '-t', 'ro-x', 'free');
    expect((await looking.next('fatal')).code).toBe('rights-changed');
    const typing = await client.open('free');
    expect(typing.info.readOnly).toBe(false);
    await server.tmux.run('rename-session', '-t', 'free', 'ro-y');
    expect((await typing.next('fatal')).code).toBe('rights-changed');
    typing.close();
    looking.close();
  });
});
