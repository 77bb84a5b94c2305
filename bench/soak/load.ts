import { setTimeout } from 'node:timers/promises';
import type { Cleanup } from '../cleanup.ts';
import { logLine } from '../load-programs.ts';
import { Proxy } from '../network/proxy.ts';
import { SESSION } from '../tmux.ts';
import type { PrivateTmux } from '../tmux.ts';
import type { Tmuxy } from '../targets/tmuxy.ts';
import { EventStream } from '../viewers/event-stream.ts';
import { Client } from './client.ts';

/** Who does what how often. All of it together leaves two cores mostly idle. */
const KEY_MS = 100;
const BURST_MS = 6000;
const BURST_LINES = [200, 2000, 20_000] as const;
const JOIN_MS = 1000;
const UNREAD_MS = 15_000;
const RESIZE_MS = 7000;
const SPLIT_MS = 4000;
const CUT_MS = 10_000;
const CUT_FOR_MS = 1000;
/** A credential may open 120 streams a minute. */
const TOKENS = 4;

/** The credentials of all who take part, so that nobody waits for one later. */
export async function makeTokens(server: Tmuxy): Promise<void> {
  await server.token('operator', 0);
  for (let number = 1; number <= TOKENS; number += 1) await server.token('viewer', number);
}

/** Everything that goes on in a soak, until its signal. */
export class Load {
  readonly #server: Tmuxy;
  readonly #tmux: PrivateTmux;
  readonly #until: AbortSignal;
  /** How often each thing was done. */
  readonly done = new Map<string, number>();
  /** Those whose screens must be right at the end. */
  readonly clients = new Map<string, Client>();

  constructor(server: Tmuxy, tmux: PrivateTmux, until: AbortSignal) {
    this.#server = server;
    this.#tmux = tmux;
    this.#until = until;
  }

  /** Runs until the signal, and until everybody did what was begun. */
  async run(cleanup: Cleanup): Promise<void> {
    const { origin } = this.#server;
    const proxy = await Proxy.start(cleanup, this.#server.port);
    const typist = await this.#join(cleanup, 'typist', origin);
    await this.#join(cleanup, 'watcher', origin);
    await this.#join(cleanup, 'commuter', proxy.origin);
    // For bursts beside the typist, and for what is split and killed.
    await this.#tmux.run('split-window', '-d', '-h', '-t', `${SESSION}:0.0`);
    await this.#tmux.run('new-window', '-d', '-t', SESSION);
    await this.#neverRead();
    await Promise.all([
      this.#every('keys', KEY_MS, (key) =>
        typist.send('send-input', { pane: '%0', data: typed(key) }),
      ),
      this.#every('bursts', BURST_MS, (burst) => this.#burst(burst)),
      this.#every('joins', JOIN_MS, (join) => this.#visit(join)),
      this.#every('unread', UNREAD_MS, () => this.#neverRead(UNREAD_MS)),
      this.#every('resizes', RESIZE_MS, () => typist.send('set-size', randomSize())),
      this.#every('splits', SPLIT_MS, (split) => this.#split(typist, split)),
      this.#every('cuts', CUT_MS, async () => {
        await proxy.cut();
        await this.#sleep(CUT_FOR_MS);
        await proxy.restore();
      }),
    ]);
  }

  async #join(cleanup: Cleanup, name: string, origin: string): Promise<Client> {
    const client = await Client.join(origin, await this.#server.token('operator', 0));
    cleanup.add(() => client.close());
    this.clients.set(name, client);
    return client;
  }

  async #every(what: string, ms: number, act: (count: number) => Promise<unknown>): Promise<void> {
    for (let count = 0; !this.#until.aborted; count += 1) {
      await act(count);
      this.done.set(what, count + 1);
      await this.#sleep(ms * (0.5 + Math.random()));
    }
  }

  async #burst(count: number): Promise<void> {
    const lines = BURST_LINES[count % BURST_LINES.length] ?? 0;
    const text = `${logLine(count).trimEnd()} é漢`.replaceAll('\x1b', String.raw`\033`);
    const print = `yes "$(printf '${text}')" | head -n ${String(lines)}`;
    await this.#tmux.run('send-keys', '-t', `${SESSION}:0.1`, print, 'Enter');
  }

  /** Somebody looks in and leaves. */
  async #visit(count: number): Promise<void> {
    const token = await this.#server.token('viewer', 1 + (count % TOKENS));
    const stream = await EventStream.open({ origin: this.#server.origin, session: SESSION, token });
    void this.#sleep(5000 * Math.random()).then(() => stream.close());
  }

  /** Somebody opens a stream and reads nothing of it, for so long or to the end. */
  async #neverRead(ms?: number): Promise<void> {
    const token = await this.#server.token('viewer', 1);
    const stream = await EventStream.open({ origin: this.#server.origin, session: SESSION, token });
    stream.pause();
    void this.#sleep(ms ?? Number.POSITIVE_INFINITY).then(() => stream.close());
  }

  /** A pane of the second window in two, and one of them closed. */
  async #split(typist: Client, count: number): Promise<void> {
    const panes = (
      await this.#tmux.run('list-panes', '-t', `${SESSION}:1`, '-F', '#{pane_id}')
    ).split('\n');
    const [first] = panes;
    const last = panes.at(-1);
    if (panes.length < 3 && count % 3 < 2) {
      await typist.send('split-pane', { pane: first, direction: count % 2 ? 'right' : 'below' });
    } else if (panes.length > 1) await typist.send('kill-pane', { pane: last });
  }

  async #sleep(ms: number): Promise<void> {
    const bounded = Math.min(ms, 2 ** 31 - 1);
    await setTimeout(bounded, undefined, { signal: this.#until }).catch(() => undefined);
  }
}

/** A command line, key after key, over and over. */
function typed(count: number): string {
  const line = 'echo somebody types this\r';
  return line.charAt(count % line.length);
}

function randomSize(): { cols: number; rows: number } {
  const between = (min: number, max: number): number =>
    min + Math.floor(Math.random() * (max - min));
  return { cols: between(80, 180), rows: between(24, 50) };
}
