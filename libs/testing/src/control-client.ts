import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { TmuxServer } from './tmux-server.js';
import { waitFor } from './wait-for.js';

/** A bare `tmux -C` client that keeps every byte it was sent: to record, and to test against. */
export class ControlClient {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #chunks: Buffer[] = [];

  constructor(server: TmuxServer, ...args: readonly string[]) {
    this.#child = spawn('tmux', ['-N', ...server.argv('-C', ...args)], {
      env: { ...server.env },
      stdio: 'pipe',
    });
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
    });
    // Writing to a client that just ended is the test's own concern, seen in what it received.
    this.#child.stdin.on('error', () => undefined);
  }

  /** Attaches to `session` and waits until tmux accepts commands. */
  static async attach(server: TmuxServer, session = 'main', flags = ''): Promise<ControlClient> {
    const flagged = flags === '' ? [] : ['-f', flags];
    const client = new ControlClient(server, 'attach-session', '-E', ...flagged, '-t', session);
    await client.waitForText('%session-changed');
    return client;
  }

  /** Everything received so far. */
  get received(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** Writes as is; a command line ends with LF. */
  send(text: string | Uint8Array): void {
    this.#child.stdin.write(text);
  }

  async waitForText(text: string, count = 1): Promise<void> {
    await waitFor(() => this.received.toString('latin1').split(text).length > count, {
      what: `${JSON.stringify(text)} ×${count} from the control client`,
    });
  }

  /** Closes stdin (tmux then detaches us) and waits for the end; gives all that was received. */
  async close(): Promise<Buffer> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const closed = once(this.#child, 'close');
      this.#child.stdin.end();
      await closed;
    }
    return this.received;
  }
}
