import { AppError } from '../http/app-error.js';
import { PathNotAllowedError, toFileError } from './files.errors.js';

/** An error as Node makes it, with all that nobody is to read. */
const systemError = (code: string): Error =>
  Object.assign(new Error(`${code}: it failed, open '/srv/private/file'`), {
    code,
    errno: -1,
    syscall: 'open',
    path: '/srv/private/file',
  });

describe(toFileError.name, () => {
  it.each([
    ['ENOENT', 'not-found'],
    ['ENOTDIR', 'not-found'],
    ['ELOOP', 'path-not-allowed'],
    ['EACCES', 'path-not-allowed'],
    ['EPERM', 'path-not-allowed'],
    ['ENXIO', 'path-not-allowed'],
    ['ENAMETOOLONG', 'invalid-request'],
    ['EINVAL', 'invalid-request'],
    ['EEXIST', 'conflict'],
    ['EISDIR', 'conflict'],
    ['EMFILE', 'unavailable'],
    ['ENFILE', 'unavailable'],
    ['ENOSPC', 'unavailable'],
    ['EIO', 'unavailable'],
  ])('[D37] says %s as %s, and nothing of the machine', (code, said) => {
    const error = toFileError(systemError(code));
    expect(error).toBeInstanceOf(AppError);
    const { message, details } = error as AppError;
    expect(error).toMatchObject({ code: said });
    expect(`${message} ${JSON.stringify(details)}`).not.toMatch(/private|E[A-Z]{3,}|open '/);
  });

  it('leaves what is none of the system’s', () => {
    const own = new PathNotAllowedError('symlink');
    const fault = new TypeError('x is undefined');
    expect(toFileError(own)).toBe(own);
    expect(toFileError(fault)).toBe(fault);
  });
});
