import { randomBytes } from 'node:crypto';
import { COMMANDS, synonyms } from '#tmux-protocol';
import type { Block } from '#tmux-protocol';
import type { LineCommand } from './command-queue.js';
import { ShadowedCommandError } from './tmux.errors.js';

/**
 * How tmux is asked for its aliases. An unusual beginning of `show-options`, which nobody calls an alias of
 * theirs by accident; whoever does it on purpose may already run everything in this tmux.
 */
export const READ_ALIASES = ['show-optio', '-sv', 'command-alias'] as const;

/** Asks for the aliases on a control client. Their values are people's text, so the reply ends at a random word. */
export function aliasCommands(): readonly LineCommand[] {
  const nonce = randomBytes(16).toString('hex');
  // Also a beginning: this line must mean what it says before anything is known.
  return [{ words: READ_ALIASES, until: nonce }, { words: ['display-messag', '-p', nonce] }];
}

const decoder = new TextDecoder();

/**
 * The user's option `command-alias` comes before tmux's own names (cmd-parse.y), so `list-windows` may mean
 * anything. Knows the words that are taken and gives for each command one that is not.
 */
export class CommandNames {
  #taken: ReadonlySet<string> = new Set();

  /** Takes what `READ_ALIASES` printed: `name=value` lines. What follows a line break in a value counts as well. */
  learn(lines: readonly string[]): void {
    this.#taken = new Set(lines.map((line) => line.split('=', 1)[0] ?? ''));
  }

  /** Takes the replies to `aliasCommands`. */
  learnFrom(blocks: readonly Block[]): void {
    this.learn((blocks[0]?.lines ?? []).map((line) => decoder.decode(line)));
  }

  /** Whether tmux would read the word as something of the user's. */
  isTaken(word: string): boolean {
    return this.#taken.has(word);
  }

  /**
   * A word that means this command to tmux: its full name where that is free, else its alias or a beginning.
   * @throws ShadowedCommandError when all are taken
   */
  of(name: string): string {
    if (!this.#taken.has(name)) return name;
    const free = synonymsOf(name).find((word) => !this.#taken.has(word));
    if (free === undefined) throw new ShadowedCommandError(name);
    return free;
  }
}

/** Words for a command that can be written on a control-mode line. */
function synonymsOf(name: string): string[] {
  const spec = COMMANDS.find((known) => known.name === name);
  return spec === undefined ? [] : synonyms(spec).filter((word) => !word.endsWith('-'));
}
