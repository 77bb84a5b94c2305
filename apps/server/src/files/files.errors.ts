import {
  AppError,
  ConflictError,
  InvalidRequestError,
  NotFoundError,
  UnavailableError,
} from '../http/app-error.js';
import { errorCode } from '../config/error-code.js';

/** Why a path is not given; for programs, in `details.reason`. */
export type PathRefusal =
  | 'outside-roots'
  | 'dot-segment'
  | 'denied-name'
  | 'dotfile'
  | 'symlink'
  | 'special'
  | 'hard-link'
  | 'mount'
  | 'server-file'
  | 'permission';

const SAYS: Readonly<Record<PathRefusal, string>> = {
  'outside-roots': 'This path is not in a directory that you may look into.',
  'dot-segment': 'A path here has no “.” and no “..” in it.',
  'denied-name': 'Files of this name may hold secrets and are not given to anybody.',
  dotfile: 'Names that begin with a full stop are not given here.',
  symlink: 'This is, or leads through, a symbolic link. Links are not followed.',
  special: 'This is neither a file nor a directory.',
  'hard-link': 'This file has a second name (hard link) and is not given for that.',
  mount: 'This is on another file system and is not given for that.',
  'server-file': 'This belongs to tmuxy itself and is given to nobody.',
  permission: 'The system does not let tmuxy read or change this.',
};

/** There may be something, but it is not given. The message never repeats the path. */
export class PathNotAllowedError extends AppError {
  readonly code = 'path-not-allowed';
  readonly reason: PathRefusal;

  constructor(reason: PathRefusal, cause?: unknown) {
    super(SAYS[reason], { details: { reason }, ...(cause === undefined ? {} : { cause }) });
    this.reason = reason;
  }
}

/** The file changed under us, so that what was promised cannot be kept. */
export class FileChangedError extends UnavailableError {}

/**
 * What a failure of the system means to who asked; the system's own words and paths stay in the log.
 *
 * @returns `error` itself where it is none of the system's
 */
export function toFileError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const cause = error;
  switch (errorCode(error)) {
    case undefined:
      return error;
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ESTALE':
      return new NotFoundError('There is no such file or directory.', { cause });
    case 'ELOOP':
      return new PathNotAllowedError('symlink', cause);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new PathNotAllowedError('permission', cause);
    case 'ENXIO':
    case 'ENODEV':
      return new PathNotAllowedError('special', cause);
    case 'ENAMETOOLONG':
    case 'EINVAL':
    case 'EILSEQ':
      return new InvalidRequestError('This is no name that a file can have here.', { cause });
    case 'EEXIST':
    case 'EISDIR':
    case 'ENOTEMPTY':
      return new ConflictError('There is something of that name already.', { cause });
    case 'EMFILE':
    case 'ENFILE':
    case 'ENOMEM':
      return new UnavailableError('Too many files are open on this machine; try again.', { cause });
    case 'ENOSPC':
    case 'EDQUOT':
      return new UnavailableError('There is no space left on the disk there.', { cause });
    default:
      return new UnavailableError('The disk did not do that; the server log says why.', { cause });
  }
}
