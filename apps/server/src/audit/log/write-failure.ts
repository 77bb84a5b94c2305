import { errorCode } from '../../config/error-code.js';
import { AuditWriteError } from '../audit.errors.js';
import { LogLockedError } from './log-lock.js';
import { SyncLateError } from './sync-group.js';

/** The log's files are not what this process left. `message` completes "the audit log …". */
export class LogTamperedError extends Error {
  override readonly name = 'LogTamperedError';
}

/** Free space is under the configured bound. */
export class LowSpaceError extends Error {
  override readonly name = 'LowSpaceError';
}

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'a file may not grow any further',
  EROFS: 'the disk is read-only',
  EIO: 'the disk reports an error',
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENOENT: 'its directory or file is gone',
  ENOTDIR: 'a part of its path is no directory',
  ELOOP: 'its file was replaced by a link',
  EEXIST: 'a file is in the way of the next segment',
};

/** Why a record could not be written, in words without paths. */
export function writeFailure(error: unknown): AuditWriteError {
  if (error instanceof AuditWriteError) return error;
  return new AuditWriteError(wordsOf(error), { cause: error });
}

function wordsOf(error: unknown): string {
  if (error instanceof LowSpaceError) return error.message;
  if (error instanceof LogTamperedError) return `the audit log ${error.message}`;
  if (error instanceof SyncLateError) return 'the disk does not answer';
  if (error instanceof LogLockedError) return 'another process holds the audit log';
  const code = errorCode(error);
  if (code === undefined) return 'the audit log cannot be written';
  return WORDS[code] ?? `the audit log cannot be written (${code})`;
}
