import { writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir, type TempDir, waitFor } from '#testing';
import { ServerUnderTest } from '../testing/server-under-test.js';

/** What a control client says instead of tmux, by the session that is asked for. */
const GARBAGE: Readonly<Record<string, string>> = {
  'lines that are no protocol': 'while :; do echo "nonsense %begin %%%"; sleep 0.01; done',
  'a line that never ends': 'exec tr "\\0" x < /dev/zero',
  'random bytes': 'exec cat /dev/urandom',
  'a reply cut in the middle': 'printf "%%begin 1 1 0\\n%%en"; exit 0',
  'a reply that never ends': 'echo "%begin 1 1 0"; exec sleep 1000',
  'a notification cut in a character': 'printf "%%session-changed \\$1 \\303"; exit 1',
  nothing: 'exec sleep 1000',
  'an end at once': 'exit 1',
};
/** Lines and replies of four and of eight MiB at most, for each client, and what was not collected yet. */
const BUFFERS_MAX = 256 * 1024 * 1024;

describe('a tmux that speaks garbage', () => {
  let dir: TempDir;
  let server: ServerUnderTest;

  beforeAll(async () => {
    dir = await tempDir();
    const cases = Object.values(GARBAGE).map(
      (script, index) => `  *" -C "*" -t \\$${index + 1} "*) ${script} ;;`,
    );
    const bin = join(dir.path, 'tmux');
    const script = ['#!/bin/sh', 'case " $* " in', ...cases, '  *) exec tmux "$@" ;;', 'esac', ''];
    await writeFile(bin, script.join('\n'), { mode: 0o755 });
    server = await ServerUnderTest.start({ tmuxBin: bin, graceMs: '0' });
    for (const at of Object.keys(Object.values(GARBAGE))) await server.tmux.startSession(`g${at}`);
  });

  afterAll(async () => {
    await server.stop();
    await dir.remove();
  });

  it('is answered as unavailable in time, leaves no process, and others go on', async () => {
    const client = await server.client();
    let buffers = 0;
    const sampling = setInterval(() => {
      buffers = Math.max(buffers, process.memoryUsage().arrayBuffers);
    }, 50);
    const opened = Promise.all(
      Object.keys(GARBAGE).map(async (what, at) => {
        const { status, body } = await client.request(`events?session=g${at}`);
        return { what, status, body };
      }),
    );
    const healthy = await client.open('main');
    await healthy.next('snapshot');
    await client.type(healthy, '%0', 'echo he""althy\r');
    await healthy.next('output', ({ data }) => data.includes('healthy'));
    for (const { what, status, body } of await opened) {
      expect({ what, status, body }).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    }
    clearInterval(sampling);
    expect(buffers).toBeLessThan(BUFFERS_MAX);
    expect(healthy.isEnded).toBe(false);
    await waitFor(() => childrenOf(dir.path).length === 0, { what: 'the fakes to end' });
    healthy.close();
  }, 60_000);
});

/** Children of this process whose environment or command line has the text, but for the healthy session's. */
function childrenOf(text: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ');
      const isOurs = Number(rest.split(' ')[1]) === process.pid;
      return isOurs && (command.includes(text) || /^(tr|cat|sleep)\0/.test(command));
    } catch {
      return false; // No process, or gone meanwhile.
    }
  });
}
