import fc from 'fast-check';
import { ControlClient, TmuxServer } from '#testing';
import { ControlReader } from '../blocks.js';
import type { Block } from '../blocks.js';
import { encodeCommandLine } from '../encode.js';
import { scopedTarget } from './targets.js';
import type { TargetKind } from './targets.js';
import type { CommandScope, ScopedSession } from './types.js';

const session = fc.constantFrom(
  ...['', 'mine', '=mine', 'other', '=other', 'min', 'o*', '1', '2', '7', '$0', '$1', '$2', '$9'],
  ...['@0', '@1', '@2', '%0', '%1', '%3', '~', '=', '{mouse}', '{marked}', '+', '-', '!', '{last}'],
);
const window = fc.constantFrom(
  ...[
    '',
    '0',
    '1',
    '5',
    '9',
    '@0',
    '@1',
    '@2',
    '@4',
    '!',
    '^',
    '$',
    '+',
    '-',
    '+1',
    '{last}',
    '{end}',
  ],
  ...['secret', 'w*', '=secret', '%0', '%3', 'other', '~'],
);
const pane = fc.constantFrom(
  ...[
    '0',
    '1',
    '%0',
    '%1',
    '%2',
    '%3',
    '+',
    '-',
    '!',
    '{last}',
    '{top}',
    '{left-of}',
    '{marked}',
    '~',
  ],
);
const target = fc.oneof(
  session,
  window,
  pane,
  fc.tuple(session, window).map((parts) => parts.join(':')),
  fc.tuple(window, pane).map((parts) => parts.join('.')),
  fc.tuple(session, window, pane).map(([a, b, c]) => `${a}:${b}.${c}`),
);
const TARGETS: readonly string[] = [...new Set(fc.sample(target, { numRuns: 6_000, seed: 5 }))];
/** Commands that say which session a target of a kind is. */
const ASK: Readonly<Record<string, readonly [string, ...string[]]>> = {
  session: ['list-windows', '-F', '#{session_id}'],
  window: ['list-panes', '-F', '#{session_id}'],
  pane: ['display-message', '-p'],
};

describe(scopedTarget.name, () => {
  let server: TmuxServer;
  let scope: Extract<CommandScope, { kind: 'sessions' }>;

  beforeAll(async () => {
    server = await TmuxServer.start();
    for (const name of ['mine', 'other', '1', 'minus']) await server.startSession(name);
    await server.run('split-window', '-t', '=mine:');
    await server.run('new-window', '-t', '=mine:');
    await server.run('rename-window', '-t', '=other:', 'secret');
    await server.run('select-pane', '-m', '-t', '=other:');
    const format = '#{session_id} #{window_id} #{window_index} #{pane_id}';
    const rows = (await server.run('list-panes', '-s', '-t', '=mine:', '-F', format))
      .trim()
      .split('\n')
      .map((row) => row.split(' '));
    const own: ScopedSession = {
      id: rows[0]?.[0] ?? '',
      name: 'mine',
      windows: rows.map(([, id = '', index]) => ({ id, index: Number(index) })),
      panes: rows.map(([, , , id = '']) => id),
    };
    scope = { kind: 'sessions', current: own.id, sessions: [own] };
  });

  afterAll(async () => {
    await server.stop();
  });

  it(`[E61] keeps ${TARGETS.length} targets of every kind to the own session`, async () => {
    // The client looks at another session, so that nothing is right by being current.
    const client = await ControlClient.attach(server);
    const asked: string[] = [];
    let accepted = 0;
    for (const kind of ['session', 'window', 'pane'] as const satisfies readonly TargetKind[]) {
      for (const text of TARGETS) {
        const written = scopedTarget(text, kind, scope);
        if (written === undefined) continue;
        accepted++;
        const [name, ...words] = ASK[kind] ?? ['list-keys'];
        // A target that fails may still leave a pane of somewhere else behind.
        const format = kind === 'pane' ? ['#{session_id}#{pane_id}'] : [];
        client.send(encodeCommandLine([[name, ...words, '-t', written, ...format]]));
        asked.push(`${kind} ${text} → ${written}`);
      }
    }
    client.send('display-message -p finished\n');
    await client.waitForText('\nfinished\n');
    const replies: Block[] = [];
    const reader = new ControlReader({
      onEvent: (event) => {
        if (event.kind === 'block' && event.block.fromUs) replies.push(event.block);
      },
    });
    reader.push(await client.close());
    const panes = scope.sessions.flatMap((one) => one.panes);
    const own = ['', ...panes].map((id) => `${scope.current}${id}`);
    const outside = asked.filter((_, i) => {
      const reply = replies[i];
      if (reply?.ok !== true) return false;
      return reply.lines.some((line) => !own.includes(Buffer.from(line).toString()));
    });
    expect(outside).toEqual([]);
    expect(accepted).toBeGreaterThan(200);
    expect(replies.filter(({ ok }) => ok).length).toBeGreaterThan(100);
  }, 60_000);
});
