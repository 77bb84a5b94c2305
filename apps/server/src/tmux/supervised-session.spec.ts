import type { SessionRef } from '#dto';
import type { SessionListing } from './tmux-cli.js';
import type { TmuxGateway } from './tmux-gateway.js';
import { SupervisedSession } from './supervised-session.js';
import type { SessionListener, WatchedSession } from './watched-session.js';

const SESSION: SessionRef = { id: '$1', name: 'work' };
const SERVER = 'server 1';

const nothing = (): void => undefined;
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A tmux whose clients are lost when the test says so. */
function createSupervised() {
  const waits: number[] = [];
  const told: string[] = [];
  const clients: SessionListener[] = [];
  let isStuck = false;
  const gateway = {
    watch: (_id: string, listener: SessionListener) => {
      clients.push(listener);
      if (isStuck) setImmediate(() => listener.exit('garbage'));
      const watched = {
        model: { session: SESSION, server: SERVER },
        stop: () => Promise.resolve(),
      };
      return Promise.resolve(watched as unknown as WatchedSession);
    },
    cli: {
      listSessions: () => Promise.resolve([{ ...SESSION, server: SERVER } as SessionListing]),
    },
  } as unknown as TmuxGateway;
  const supervised = new SupervisedSession(
    gateway,
    SESSION,
    {
      ...{ output: nothing, frame: nothing, bell: nothing, state: nothing, keyBindings: nothing },
      attached: () => told.push('attached'),
      lost: (reason) => told.push(reason),
      ended: (reason) => told.push(reason),
    },
    async (ms) => {
      waits.push(ms);
      await nextTurn();
    },
  );
  return {
    supervised,
    waits,
    told,
    clients,
    /** Loses the client, and each that replaces it as soon as it is attached. */
    loseAll: () => {
      isStuck = true;
      clients.at(-1)?.exit('garbage');
    },
  };
}

describe(SupervisedSession.name, () => {
  it('replaces a lost client at once', async () => {
    const { supervised, clients, told, waits } = createSupervised();
    await supervised.start();
    clients.at(-1)?.exit('killed');
    await nextTurn();
    expect(told).toEqual(['attached', 'killed', 'attached']);
    expect(waits).toEqual([]);
    await supervised.stop();
  });

  it('waits longer and longer for a tmux that loses each client at once', async () => {
    const { supervised, clients, waits, loseAll } = createSupervised();
    await supervised.start();
    loseAll();
    while (waits.length < 8) await nextTurn();
    await supervised.stop();
    expect(waits.slice(0, 8)).toEqual([100, 200, 400, 800, 1600, 2000, 2000, 2000]);
    const seen = clients.length;
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    expect(clients.length).toBeLessThanOrEqual(seen + 1);
  });
});
