import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TRIALS = join(process.cwd(), 'tools/trials');

/** `tools/trials/kill-writer.mjs` on the sources; it fails when anything that was acknowledged is missing. */
async function trials(...args: readonly string[]): Promise<string> {
  const hook = pathToFileURL(join(TRIALS, 'from-source.mjs')).href;
  const program = [join(TRIALS, 'kill-writer.mjs'), '--source', ...args];
  const { stdout } = await run(process.execPath, ['--import', hook, ...program]);
  return stdout;
}

describe('a writer that is killed', () => {
  it('leaves a log that verifies, with all that it acknowledged', async () => {
    expect(await trials('--trials', '25')).toMatch(
      /^25 trials of 1 killed: \d+ records acknowledged, none missing/,
    );
  }, 300_000);

  it('leaves one chain without gaps when four processes write to it', async () => {
    expect(await trials('--trials', '5', '--writers', '4')).toMatch(
      /^5 trials of 4 killed: \d+ records acknowledged, none missing/,
    );
  }, 300_000);
});
