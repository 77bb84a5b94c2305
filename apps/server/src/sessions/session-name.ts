import { NAME_MAX_LENGTH } from '#dto/constants';
import { InvalidRequestError } from '../http/app-error.js';

/**
 * Names that tmux takes as they are: it turns `:` and `.` into `_`, expands `#`, and reads a leading `-`, `=`,
 * `$`, `@`, `%` or `{` as something else (tmux: session.c `session_check_name`, cmd-find.c).
 */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_+@ -]*$/u;

/** Windows may be called almost anything; `#` would be expanded, and control characters and halves of pairs are none of a name. */
const WINDOW_NAME = /^[^\p{Cc}\p{Cf}\p{Cs}#]+$/u;

/**
 * Checks a window's new name.
 * @throws InvalidRequestError that says what is allowed
 */
export function checkWindowName(name: string): string {
  const normal = checkLength(name);
  if (!WINDOW_NAME.test(normal)) {
    throw new InvalidRequestError('A window’s name has no “#” and no control characters.');
  }
  return normal;
}

/**
 * Checks a name for a new or renamed session.
 * @throws InvalidRequestError that says what is allowed
 */
export function checkName(name: string): string {
  const normal = checkLength(name);
  if (!NAME.test(normal)) {
    throw new InvalidRequestError(
      'A name starts with a letter, a digit or “_”, and has letters, digits, spaces and _ + @ - only.',
    );
  }
  return normal;
}

function checkLength(name: string): string {
  const normal = name.normalize('NFC').trim();
  if (Array.from(normal).length > NAME_MAX_LENGTH) {
    throw new InvalidRequestError(`The name is longer than ${NAME_MAX_LENGTH} characters.`);
  }
  return normal;
}
