import type { AuditFinding } from './audit-line.js';
import { type BackwardOptions, readBackward, type SpentFinding } from './read-backward.js';
import { type ForwardOptions, readForward } from './read-forward.js';
import { untilAborted } from './scan-budget.js';

/** How often a log is looked at for what other processes add to it. */
export const POLL_MS = 500;

export interface FollowOptions {
  /** Records after this `seq`; 0: all. */
  readonly after: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Calls its listener when records were added, so that they need not wait for the next look. */
  readonly onAppended?: ((listener: () => void) => () => void) | undefined;
}

/**
 * Reads the log in a directory, block by block, while others write, rotate and delete segments. Never holds more
 * than a block and a line.
 */
export class AuditReader {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  /** The oldest first. */
  forward(options: Omit<ForwardOptions, 'more'> = {}): AsyncGenerator<AuditFinding> {
    return readForward(this.dir, options);
  }

  /** The newest first. */
  backward(options: BackwardOptions = {}): AsyncGenerator<AuditFinding | SpentFinding> {
    return readBackward(this.dir, options);
  }

  /** `seq` of the last record, 0 when there is none. */
  async lastSeq(): Promise<number> {
    for await (const finding of this.backward()) {
      if (finding.kind === 'record') return finding.record.seq;
    }
    return 0;
  }

  /** Records as they are added, by whatever process. Whoever reads slowly only reads later. */
  async *follow({ after, signal, onAppended }: FollowOptions): AsyncGenerator<AuditFinding> {
    const bell = new Bell(signal);
    const stop = onAppended?.(() => bell.ring());
    try {
      yield* readForward(this.dir, {
        from: after + 1,
        budget: untilAborted(signal),
        more: () => bell.heard(),
      });
    } finally {
      stop?.();
    }
  }
}

/** Tells one who waits that there may be more. */
class Bell {
  readonly #signal: AbortSignal;
  #isRung = false;
  #wake: (() => void) | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  ring(): void {
    this.#isRung = true;
    this.#wake?.();
  }

  /** Resolves when it rings, or rang since, or at the latest after {@link POLL_MS}. @returns false once aborted */
  async heard(): Promise<boolean> {
    if (!this.#isRung && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, POLL_MS);
        const signal = this.#signal;
        function done(): void {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        }
        this.#wake = done;
        signal.addEventListener('abort', done, { once: true });
      });
      this.#wake = undefined;
    }
    this.#isRung = false;
    return !this.#signal.aborted;
  }
}
