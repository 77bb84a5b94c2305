import { parseListKeys, type ListedBinding, type Block } from '#tmux-protocol';
import type { KeyBindingsEvent, KeyBindingView, SessionId } from '#dto';
import type { LineCommand } from './command-queue.js';
import { KEYS_FORMAT } from './formats.js';

/** Tables of tmux's own modes: a browser has no such mode, so their keys mean nothing there. */
const MODE_TABLES = new Set(['copy-mode', 'copy-mode-vi']);
/** Keys that are mouse events (key-string.c), handled by the browser itself. */
const MOUSE_KEY = /^(?:[CMS]-)*(?:Mouse|Wheel|DoubleClick|TripleClick|SecondClick)/;

export function keyBindingCommands(session: SessionId): readonly LineCommand[] {
  return [
    { words: ['display-message', '-p', '-t', `${session}:`, KEYS_FORMAT] },
    { words: ['list-keys'] },
  ];
}

const decoder = new TextDecoder();

/** All bindings in tmux's own words and parsed. */
export function readBindings(blocks: readonly Block[]): readonly ListedBinding[] {
  return parseListKeys((blocks[1]?.lines ?? []).map((line) => decoder.decode(line)));
}

/** Reads the replies to `keyBindingCommands` into what browsers need. */
export function readKeyBindings(blocks: readonly Block[]): KeyBindingsEvent {
  const [letter, prefix = '', prefix2 = '', repeatTime = ''] = decoder
    .decode(blocks[0]?.lines[0])
    .split('\t');
  if (letter !== 'k') throw new Error('tmux answered the key options with something else');
  // No object while it is filled: a table may be called `constructor` or `__proto__`, which every object has.
  const tables = new Map<string, KeyBindingView[]>();
  for (const { table, key, repeat, command } of readBindings(blocks)) {
    if (MODE_TABLES.has(table) || MOUSE_KEY.test(key)) continue;
    const listed = tables.get(table) ?? [];
    tables.set(table, listed);
    listed.push({ key, repeat, command });
  }
  return {
    prefixes: [prefix, prefix2].filter((key) => key !== '' && key !== 'None'),
    repeatTimeMs: Number(repeatTime),
    tables: Object.fromEntries(tables),
  };
}
