import { parseFlags, type JudgedCommand } from '#tmux-protocol';
import type { CommandNames } from '../../tmux/command-names.js';
import { ShadowedCommandError } from '../../tmux/tmux.errors.js';
import { wordsOf } from './words.js';

/** Where a command acts that names no target: the pane that was typed in, as part of its session. */
export interface DefaultTarget {
  /** `$1` */
  readonly session: string;
  /** `$1:@2.%3`, or just `$1:` when there is no such pane. */
  readonly pane: string;
}

/** Commands whose `-t` is a place for a window: an index that is taken would be refused. */
const PLACES = new Set(['new-window', 'break-pane', 'move-window', 'link-window']);

/**
 * Writes a judged command for tmux: its full name, the target it lacks, and its words.
 * @throws ShadowedCommandError when an alias of the user's would change what a command inside it means
 */
export function tmuxWords(
  { spec, command, nested, needsTarget }: JudgedCommand,
  target: DefaultTarget,
  names: CommandNames,
): [name: string, ...args: string[]] {
  const inner = nested ?? [];
  // The judged text stays as it was typed, so a word of it that is taken cannot be written otherwise.
  const taken = inner.find((one) => names.isTaken(one.command.name));
  if (taken !== undefined) throw new ShadowedCommandError(taken.command.name);
  const words = wordsOf(command.args);
  if (needsTarget !== true) return [spec.name, ...words];
  const isPlace = PLACES.has(spec.name) && !parseFlags(spec.flags, command.args).flags.has('a');
  return [spec.name, '-t', isPlace ? `${target.session}:` : target.pane, ...words];
}
