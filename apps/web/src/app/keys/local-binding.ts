import type { PaneId, UiRequest } from '#dto';

/**
 * What a binding asks for when it only looks and needs no tmux: for who may change nothing. Null: it
 * would do something.
 */
export function localBinding(command: string, pane: PaneId): UiRequest | null {
  const [name = '', ...flags] = command.trim().split(/\s+/);
  if (flags.some((flag) => !flag.startsWith('-'))) return null;
  const has = (letter: string): boolean => flags.some((flag) => flag.includes(letter));
  switch (name) {
    case 'copy-mode':
      return { kind: 'copy-mode', pane, pageUp: has('u') };
    case 'list-keys':
      return { kind: 'list-keys' };
    case 'choose-tree':
      return { kind: 'choose-tree', of: has('w') ? 'windows' : 'sessions' };
    case 'detach-client':
      return flags.length === 0 ? { kind: 'detach' } : null;
    default:
      return null;
  }
}
