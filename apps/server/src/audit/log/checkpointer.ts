import { signCheckpoint } from '#audit-log';
import { SERVER } from '../who.js';
import type { AnchorOutbox } from './anchor-outbox.js';
import type { CheckpointFile } from './checkpoint-file.js';
import type { LogTail } from './log-tail.js';
import { NODE_PRIMITIVES } from './node-primitives.js';
import type { Signer } from './signing-key.js';
import type { AuditEntry } from '#audit-log';

/** Records after which a checkpoint is due, whatever the clock says. */
const RECORDS = 1_000;
/** A log that grows fast is signed this often at most: each time waits for the disk. */
const MIN_MS = 1_000;
/** How long the end of the server waits for its last checkpoint and the anchors. */
const CLOSE_WAIT_MS = 3_000;

export interface CheckpointerOptions {
  readonly tail: LogTail;
  readonly file: CheckpointFile;
  readonly signer: Signer;
  readonly seconds: number;
  /** The log's last checkpoint when it was opened. */
  readonly last: string | null;
  /** How much of the log it vouches for; 0: nothing. */
  readonly signedSize: number;
  /** Resolves when all that was written is on the disk: nothing is vouched for that a crash may take. */
  readonly sync: () => Promise<void>;
  readonly record: (entry: AuditEntry) => void;
  readonly outboxes: readonly AnchorOutbox[];
}

/** Signs how long the log is and what is in it: when there is something new, and it is time or much. */
export class Checkpointer {
  readonly #options: CheckpointerOptions;
  readonly #timer: NodeJS.Timeout;
  #last: string | null;
  #signedSize: number;
  #signedAt = -Infinity;
  #signing: Promise<void> | undefined;
  #isFailing = false;

  constructor(options: CheckpointerOptions) {
    this.#options = options;
    this.#last = options.last;
    this.#signedSize = options.signedSize;
    this.#timer = setInterval(() => this.#start(), options.seconds * 1000).unref();
  }

  get last(): string | null {
    return this.#last;
  }

  /** What a server that was killed left unsigned waits no longer. */
  begin(): void {
    this.#start();
  }

  /** Records were added. */
  grown(): void {
    const isMuch = this.#options.tail.size - this.#signedSize >= RECORDS;
    if (isMuch && performance.now() - this.#signedAt >= MIN_MS) this.#start();
  }

  /** @param isWorking whether the log can be signed once more */
  async close(isWorking: boolean): Promise<void> {
    clearInterval(this.#timer);
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise((resolve) => (timer = setTimeout(resolve, CLOSE_WAIT_MS)));
    await Promise.race([this.#signLast(isWorking), enough]);
    clearTimeout(timer);
  }

  async #signLast(isWorking: boolean): Promise<void> {
    await this.#signing;
    if (isWorking) {
      this.#start();
      await this.#signing;
    }
    await Promise.all(this.#options.outboxes.map((outbox) => outbox.close()));
  }

  #start(): void {
    if (this.#options.tail.size === this.#signedSize) return;
    this.#signing ??= this.#sign().finally(() => {
      this.#signing = undefined;
    });
  }

  async #sign(): Promise<void> {
    const { tail, file, signer, sync, outboxes, record } = this.#options;
    const { size } = tail;
    const root = tail.root();
    this.#signedAt = performance.now();
    try {
      await sync();
      const note = signCheckpoint(NODE_PRIMITIVES, signer.key, { size, root }, signer.sign);
      await file.add(note);
      this.#last = note;
      this.#signedSize = size;
      this.#isFailing = false;
      for (const outbox of outboxes) outbox.add(note);
    } catch {
      // Recording goes on; that its vouching does not is recorded once.
      if (!this.#isFailing) record({ action: 'checkpoint.failed', ...SERVER });
      this.#isFailing = true;
    }
  }
}
