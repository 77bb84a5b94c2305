import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { ControlReader, encodeCommandLine } from '#tmux-protocol';
import type { Block, ControlEvent, Notification } from '#tmux-protocol';
import { CommandQueue, type LineCommand } from './command-queue.js';
import { CommandNames } from './command-names.js';
import { ReplyWatch } from './reply-watch.js';
import { TmuxUnavailableError } from './tmux.errors.js';
import { loginEnvironment } from './tmux-environment.js';
import type { SessionId } from '#dto';

/** Seconds a pane may lag behind before tmux pauses it, so that it never buffers without bound. */
const PAUSE_AFTER_SECONDS = 30;
/**
 * A reply that does not come in this time will not come: a prompt or a waiting command holds this client's
 * queue and cannot be cleared from inside (tmux.md §1.6 rule 4). The client is ended and attached anew.
 */
const REPLY_TIMEOUT_MS = 10_000;
/** How long a client may take to leave by itself before it is told by signal. */
const LEAVE_TIMEOUT_MS = 2_000;
/** Commands waiting for a reply past which new ones are refused: tmux is not keeping up. */
const MAX_PENDING_BYTES = 8 * 1024 * 1024;

export interface ControlClientOptions {
  readonly tmuxBin: string;
  readonly socketPath: string;
  readonly session: SessionId;
  /** Words that mean what we mean, whatever the user's aliases are. */
  readonly names?: CommandNames;
  /** `REPLY_TIMEOUT_MS` unless a test is in a hurry. */
  readonly replyTimeoutMs?: number;
}

export interface ControlClientListener {
  notification(notification: Notification): void;
  /** After every chunk from tmux: what was gathered of it can be passed on now. */
  chunkEnd(): void;
  /** Once, when the client is gone, with the reason for people. */
  exit(reason: string): void;
}

/**
 * One `tmux -C attach-session` process. Started with `-N`, so that it never starts a server with our
 * environment, and `-E`, so that the session's own environment stays (tmux.md §0 fact 7). Never attached
 * read-only: tmux would not hold to it, and 3.7 would let it spoil the user's own `send-keys` (tmux.md §7).
 */
export class ControlClient {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #queue = new CommandQueue();
  readonly #replies = new ReplyWatch();
  readonly #reader: ControlReader;
  readonly #listener: ControlClientListener;
  readonly #ready = Promise.withResolvers<undefined>();
  readonly #gone = Promise.withResolvers<undefined>();
  readonly #watchdog: NodeJS.Timeout;
  readonly #replyTimeoutMs: number;
  readonly #names: CommandNames;
  readonly #startedAt = performance.now();
  #isReady = false;
  #sawFirstLine = false;
  #isGone = false;
  #exitReason: string | undefined;
  #stderr = '';

  constructor(options: ControlClientOptions, listener: ControlClientListener) {
    this.#listener = listener;
    this.#reader = new ControlReader({
      onEvent: (event) => this.#onEvent(event),
      expectLines: () => this.#queue.expectation(),
    });
    this.#names = options.names ?? new CommandNames();
    const { env, home } = loginEnvironment();
    this.#child = spawn(
      options.tmuxBin,
      [
        ...['-N', '-u', '-S', options.socketPath, '-C', this.#names.of('attach-session'), '-E'],
        ...['-f', `pause-after=${PAUSE_AFTER_SECONDS}`, '-t', options.session],
      ],
      { env, cwd: home, stdio: ['pipe', 'pipe', 'pipe'] },
    );
    if (!hasPipes(this.#child)) {
      // The error that comes in the next turn would end this process, if nobody heard it.
      this.#child.on('error', () => undefined);
      throw new TmuxUnavailableError('tmux could not be started: too many open files', 'not-sent');
    }
    this.#child.stdout.on('data', (chunk: Buffer) => this.#onData(chunk));
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr = `${this.#stderr}${chunk.toString()}`.slice(-1000);
    });
    // A write after the client left fails with EPIPE; the exit that follows says why.
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('error', (error) => this.#onGone(`tmux could not be started: ${error.message}`));
    this.#child.on('close', () => this.#onGone(this.#describeExit()));
    this.#replyTimeoutMs = options.replyTimeoutMs ?? REPLY_TIMEOUT_MS;
    this.#watchdog = setInterval(() => this.#checkReplies(), this.#replyTimeoutMs / 4).unref();
    this.#ready.promise.catch(() => undefined);
  }

  /** Process id of the client; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when tmux attached us; nothing may be written before (tmux.md §1.1). */
  async ready(): Promise<void> {
    await this.#ready.promise;
  }

  /**
   * Writes commands as one line, which tmux runs without anything in between, and resolves with one reply
   * for each. `onReplied` runs before any later output is seen, so a picture taken by this line and the
   * output that follows fit together exactly.
   * @throws TmuxRejectedError with tmux's words; TmuxUnavailableError when the client is gone;
   * ShadowedCommandError when the user's aliases leave no name for a command
   */
  async run(
    commands: readonly LineCommand[],
    onReplied?: (blocks: readonly Block[]) => void,
  ): Promise<readonly Block[]> {
    if (this.#isGone || !this.#isReady) {
      throw new TmuxUnavailableError('tmux is not attached.', 'not-sent');
    }
    if (this.#child.stdin.writableLength > MAX_PENDING_BYTES) {
      throw new TmuxUnavailableError('tmux is not keeping up.', 'not-sent');
    }
    const line = encodeCommandLine(
      commands.map(({ words: [name, ...args] }) => [this.#names.of(name), ...args]),
    );
    const replies = this.#queue.add(commands, performance.now(), onReplied);
    this.#write(line);
    return await replies;
  }

  /**
   * Leaves the session: closes stdin and keeps reading, since a client that stops reading can hold up the
   * whole server (tmux.md §0 fact 9); then SIGTERM, and SIGKILL only after the first line was read, before
   * which it would crash the server (fact 3).
   */
  async stop(): Promise<void> {
    if (this.#isGone) return;
    this.#exitReason ??= 'tmuxy left the session.';
    this.#child.stdin.end();
    const term = setTimeout(() => this.#child.kill('SIGTERM'), LEAVE_TIMEOUT_MS);
    const kill = setTimeout(() => {
      if (this.#sawFirstLine) this.#child.kill('SIGKILL');
    }, 2 * LEAVE_TIMEOUT_MS);
    await this.#gone.promise;
    clearTimeout(term);
    clearTimeout(kill);
  }

  /** Lines of one turn go to tmux together: keys that came in one batch, and what is asked beside them. */
  #write(line: string): void {
    const { stdin } = this.#child;
    if (stdin.writableCorked === 0) {
      stdin.cork();
      process.nextTick(() => stdin.uncork());
    }
    stdin.write(line);
  }

  #onData(chunk: Buffer): void {
    this.#sawFirstLine = true;
    try {
      this.#reader.push(chunk);
    } catch (error) {
      // Framing is lost: nothing read after this can be trusted, so the client is ended loudly.
      this.#abandon(`tmux's control protocol could not be read: ${describe(error)}`);
      return;
    }
    this.#listener.chunkEnd();
  }

  #onEvent(event: ControlEvent): void {
    if (this.#isGone) return;
    if (event.kind === 'block') {
      if (event.block.fromUs) this.#queue.settle(event.block);
      else if (!event.block.ok) this.#exitReason ??= textOf(event.block);
    } else if (event.kind === 'notification') {
      const { notification } = event;
      if (notification.kind === 'extended-output') {
        this.#replies.heardOutput(notification.ageMs, performance.now());
      }
      if (notification.kind === 'exit') this.#exitReason ??= notification.reason;
      if (notification.kind === 'session-changed' && !this.#isReady) {
        this.#isReady = true;
        this.#ready.resolve(undefined);
      }
      this.#listener.notification(notification);
    }
  }

  #checkReplies(): void {
    if (!this.#isReady && performance.now() - this.#startedAt > this.#replyTimeoutMs) {
      this.#abandon('tmux did not let tmuxy in.');
      return;
    }
    const sentAt = this.#queue.oldestSentAt;
    if (sentAt === undefined) return;
    if (this.#replies.isOverdue(sentAt, performance.now(), this.#replyTimeoutMs)) {
      this.#abandon('tmux did not answer; something there waits for input. Attaching again.');
    }
  }

  #abandon(reason: string): void {
    this.#exitReason = reason;
    this.#child.stdout.removeAllListeners('data');
    this.#child.stdout.resume();
    this.#child.kill('SIGTERM');
    this.#onGone(reason);
  }

  #describeExit(): string {
    if (this.#exitReason !== undefined && this.#exitReason !== '') return this.#exitReason;
    return this.#stderr.trim() === '' ? 'tmux ended the connection.' : this.#stderr.trim();
  }

  #onGone(reason: string): void {
    if (this.#isGone) return;
    this.#isGone = true;
    clearInterval(this.#watchdog);
    this.#queue.fail(reason);
    this.#ready.reject(new TmuxUnavailableError(reason, 'not-sent'));
    this.#gone.resolve(undefined);
    this.#listener.exit(reason);
  }
}

/** Whether it is as its type says: without a file descriptor left, Node gives a child that has no pipes. */
const hasPipes = (child: { readonly stdout?: unknown }): boolean => child.stdout !== undefined;
const decoder = new TextDecoder();
const textOf = (block: Block): string => block.lines.map((line) => decoder.decode(line)).join('\n');
const describe = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
