import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const TRIALS = join(process.cwd(), 'tools/trials');

describe('streams that are opened and dropped', () => {
  it('[L7] [L9] leave no viewer, token, client, timer or descriptor, at whatever stage they go', async () => {
    const hook = pathToFileURL(join(TRIALS, 'from-source.mjs')).href;
    const program = [join(TRIALS, 'connects.mjs'), '--connects', '200'];
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', hook, ...program]);
    expect(stdout).toMatch(/"sent":\d+,"answered":\d+,"named":\d+,"shown":[1-9]\d*,"refused":0/);
    expect(stdout).toContain('nothing is left over');
  }, 180_000);
});
