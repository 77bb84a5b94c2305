import { NAME_MAX_LENGTH } from '#dto/constants';

/**
 * What is wrong with a name for a session, for people; null when nothing is. tmux silently changes
 * `:` and `.` to `_` (session.c, session_check_name), so they are refused instead.
 */
export function sessionNameProblem(name: string): string | null {
  if (name.trim() === '') return 'Give it a name.';
  if ([...name].length > NAME_MAX_LENGTH) {
    return `At most ${String(NAME_MAX_LENGTH)} characters.`;
  }
  if (/[:.]/.test(name)) return 'tmux allows no “:” and no “.” in a session’s name.';
  if (/\p{Cc}/u.test(name)) return 'Control characters are not allowed.';
  return null;
}
