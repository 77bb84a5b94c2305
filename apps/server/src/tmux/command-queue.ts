import type { Block, ReplyExtent } from '#tmux-protocol';
import { TmuxRejectedError, TmuxUnavailableError } from './tmux.errors.js';

/** One command of a line, and how to read its reply. */
export interface LineCommand {
  readonly words: readonly [name: string, ...args: (string | Uint8Array)[]];
  /**
   * For replies that hold text of programs: exactly how many lines they have, from the replies before it.
   * Such a reply is taken by count and its text can forge nothing (tmux.md §1.6).
   */
  readonly lines?: (earlier: readonly Block[]) => number | undefined;
  /** For such replies whose length cannot be known: a random word that the next command prints. */
  readonly until?: string;
}

interface PendingLine {
  readonly commands: readonly LineCommand[];
  readonly blocks: Block[];
  readonly sentAt: number;
  readonly resolve: (blocks: readonly Block[]) => void;
  readonly reject: (error: Error) => void;
  /** Called while the reader stands right after the line's last reply, before any later output. */
  readonly onReplied: ((blocks: readonly Block[]) => void) | undefined;
}

const decoder = new TextDecoder();

/**
 * Matches replies to the lines that asked for them. tmux answers one client's lines in order, with one block
 * for each command; after an error the rest of that line is dropped and answers nothing (tmux.md §1.2).
 */
export class CommandQueue {
  readonly #pending: PendingLine[] = [];

  get isEmpty(): boolean {
    return this.#pending.length === 0;
  }

  /** When the oldest unanswered line was sent, on the monotonic clock in milliseconds. */
  get oldestSentAt(): number | undefined {
    return this.#pending[0]?.sentAt;
  }

  /** Registers a line that is being written; resolves with its blocks, one for each command. */
  add(
    commands: readonly LineCommand[],
    now: number,
    onReplied?: (blocks: readonly Block[]) => void,
  ): Promise<readonly Block[]> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ commands, blocks: [], sentAt: now, resolve, reject, onReplied });
    });
  }

  /** How the block that begins now must be read. */
  expectation(): ReplyExtent | undefined {
    const line = this.#pending[0];
    const command = line?.commands[line.blocks.length];
    if (line === undefined || command === undefined) return undefined;
    if (command.until !== undefined) return { until: command.until };
    return command.lines?.(line.blocks);
  }

  /** Takes a block that answers our own line. Whether it was expected. */
  settle(block: Block): boolean {
    const line = this.#pending[0];
    if (line === undefined) return false;
    line.blocks.push(block);
    if (!block.ok) {
      this.#pending.shift();
      const words = block.lines.map((text) => decoder.decode(text)).join('\n');
      line.reject(new TmuxRejectedError(words === '' ? 'tmux refused the command.' : words));
    } else if (line.blocks.length === line.commands.length) {
      this.#pending.shift();
      try {
        line.onReplied?.(line.blocks);
      } catch (error) {
        // The reader ends the client over this; whoever waits for the line must hear of it too.
        const words = 'What tmux answered could not be read.';
        line.reject(new TmuxUnavailableError(words, 'answered', { cause: error }));
        throw error;
      }
      line.resolve(line.blocks);
    }
    return true;
  }

  /** The client is gone: nobody will answer, and whether tmux ran the lines is unknown. */
  fail(reason: string): void {
    for (const line of this.#pending.splice(0)) {
      line.reject(new TmuxUnavailableError(reason, 'unknown'));
    }
  }
}
