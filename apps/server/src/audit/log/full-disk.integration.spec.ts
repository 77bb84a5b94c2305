import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pathToFileURL } from 'node:url';
import { tempDir } from '#testing';

const run = promisify(execFile);
const TRIALS = join(process.cwd(), 'tools/trials');

/** Mounts a file system of 1 MiB on `$1` and runs the rest on it, alone in a namespace: it is gone with the program. */
const ON_SMALL_DISK = 'mount -t tmpfs -o size=1m,mode=700 tmpfs "$1" && shift && exec "$@"';

/** How this user gets a mount of their own: root, or by a namespace of users; undefined where neither is allowed. */
function unshareFlags(): string | undefined {
  return ['-m', '-Urm'].find((flags) => {
    try {
      execFileSync('unshare', [flags, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], {
        stdio: 'ignore',
      });
      return true;
    } catch {
      return false; // Not allowed here, or there is no such program.
    }
  });
}

describe('a log on a disk that is full', () => {
  it('refuses, keeps all that it acknowledged, and recovers when there is space', async () => {
    await using temp = await tempDir();
    const flags = unshareFlags();
    const program = [
      process.execPath,
      '--import',
      pathToFileURL(join(TRIALS, 'from-source.mjs')).href,
      join(TRIALS, 'full-disk.mjs'),
      '--source',
      temp.path,
    ];
    // Where nothing may be mounted, files may at least not grow: that is refused in the same way.
    const { stdout } =
      flags === undefined
        ? await run('prlimit', ['--fsize=1048576:unlimited', ...program, '--limit'])
        : await run('unshare', [flags, 'sh', '-c', ON_SMALL_DISK, 'sh', temp.path, ...program]);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    expect(result).toMatchObject({
      isFailing: true,
      isRecording: true,
      isIntact: true,
      missing: 0,
    });
    expect(result['reason']).toMatch(/^the disk is full$|^a file may not grow/);
    expect(result['acknowledged']).toBeGreaterThan(100);
  }, 120_000);
});
