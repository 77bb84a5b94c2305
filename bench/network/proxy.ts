import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Cleanup } from '../cleanup.ts';
import { DelayLine } from './delay-line.ts';
import type { Line } from './delay-line.ts';

export const PERFECT: Line = { rttMs: 0, loss: 0 };
/** More than this on its way in one direction waits with its sender. */
const IN_FLIGHT_BYTES = 4 * 1024 * 1024;

/** A network between a browser and a server on this machine: slow, lossy, cut, and always counted. */
export class Proxy {
  /** What went towards the browser. */
  bytesDown = 0;
  bytesUp = 0;
  readonly #target: number;
  readonly #line: Line;
  readonly #open = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  private constructor(target: number, line: Line) {
    this.#target = target;
    this.#line = line;
  }

  static async start(cleanup: Cleanup, target: number, line: Line = PERFECT): Promise<Proxy> {
    const proxy = new Proxy(target, line);
    cleanup.add(() => proxy.cut());
    await proxy.restore();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Breaks every connection; new ones are refused. */
  async cut(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#open) socket.resetAndDestroy();
    await closed;
  }

  /** Lets connections be made again, at the same port. */
  async restore(): Promise<void> {
    if (this.#server) return;
    const server = createServer((socket) => this.#carry(socket));
    this.#server = server;
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address !== null && typeof address !== 'string') this.#port = address.port;
  }

  #carry(browser: Socket): void {
    const server = connect(this.#target, '127.0.0.1');
    const openAt = performance.now() + this.#line.rttMs;
    this.#pipe(browser, server, openAt, (bytes) => (this.bytesUp += bytes));
    this.#pipe(server, browser, openAt, (bytes) => (this.bytesDown += bytes));
  }

  #pipe(from: Socket, to: Socket, openAt: number, count: (bytes: number) => unknown): void {
    this.#open.add(from);
    from.setNoDelay(true);
    const isPlain = this.#line.rttMs === 0 && this.#line.loss === 0;
    const line = new DelayLine(this.#line, openAt);
    let waiting = 0;
    const timers = new Set<NodeJS.Timeout>();
    /** In order, however exact the timers are: each lets the oldest go. */
    const queue: (() => void)[] = [];
    const later = (act: () => void): void => {
      if (isPlain) {
        act();
        return;
      }
      queue.push(act);
      const now = performance.now();
      const timer = setTimeout(
        () => {
          timers.delete(timer);
          queue.shift()?.();
        },
        line.arrival(now) - now,
      );
      timers.add(timer);
    };
    from.on('data', (chunk: Buffer) => {
      count(chunk.length);
      waiting += chunk.length;
      if (waiting > IN_FLIGHT_BYTES) from.pause();
      later(() => {
        waiting -= chunk.length;
        const isTaken = to.write(chunk);
        if (!isTaken) {
          from.pause();
          to.once('drain', () => from.resume());
        } else if (waiting < IN_FLIGHT_BYTES) from.resume();
      });
    });
    from.on('end', () => later(() => to.end()));
    // Its end is told by 'close', which follows.
    from.on('error', () => undefined);
    from.on('close', (hadError) => {
      this.#open.delete(from);
      if (hadError || !from.readableEnded) {
        for (const timer of timers) clearTimeout(timer);
        to.destroy();
      }
    });
  }
}
