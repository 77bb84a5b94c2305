import { NAME_MAX_LENGTH } from '#dto/constants';

/** What the server takes: all else means something to tmux (tmux: session.c, cmd-find.c). */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_+@ -]*$/u;

/** What is wrong with a name for a session, for people; null when nothing is. */
export function sessionNameProblem(name: string): string | null {
  const normal = name.normalize('NFC').trim();
  if (normal === '') return 'Give it a name.';
  if (Array.from(normal).length > NAME_MAX_LENGTH) {
    return `At most ${String(NAME_MAX_LENGTH)} characters.`;
  }
  return NAME.test(normal)
    ? null
    : 'Start with a letter, a digit or “_”; letters, digits, spaces and _ + @ - may follow.';
}
