import { readdirSync, readFileSync } from 'node:fs';
import { waitFor } from '#testing';
import { BrowserTwin } from '../testing/browser-twin.js';
import { ServerUnderTest } from '../testing/server-under-test.js';

/** Processes of tmux that may wait for one that does not answer, with its own and the control client. */
const PROCESSES_MAX = 40;

function processesWith(text: string): number {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith(`tmux\0-u\0-S\0${text}`);
    } catch {
      return false; // Gone meanwhile.
    }
  }).length;
}

describe('a tmux that is stopped', () => {
  it('is told within the time for replies, costs a bounded number of processes, and loses nothing', async () => {
    const server = await ServerUnderTest.start();
    const { tmux } = server;
    const pid = Number(await tmux.run('display-message', '-p', '#{pid}'));
    try {
      const client = await server.client();
      const stream = await client.open();
      await stream.next('snapshot');
      const twin = new BrowserTwin(stream);
      await client.type(
        stream,
        '%0',
        'i=0; while [ $i -lt 300 ]; do echo line-$((i+=1)); sleep 0.01; done\r',
      );
      await stream.next('output', ({ data }) => data.includes('line-20'));

      process.kill(pid, 'SIGSTOP');
      const typed = client.command(stream, 'send-input', {
        pane: '%0',
        data: '# once\r',
        seq: stream.nextSeq(),
      });
      let most = 0;
      const counting = setInterval(() => {
        most = Math.max(most, processesWith(tmux.socketPath));
      }, 200);
      const lists = await Promise.all(
        Array.from({ length: 40 }, () => client.request('api/sessions')),
      );
      expect(new Set(lists.map(({ status }) => status))).toEqual(new Set([503]));
      const { status, body } = await typed;
      expect({ status, body }).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect(JSON.stringify(body)).toContain('tmux did not answer');
      const { tmux: link } = await stream.next('state', (event) => event.tmux?.attached === false);
      expect(link?.reason).toContain('tmux did not answer');
      clearInterval(counting);
      expect(most).toBeGreaterThan(1);
      expect(most).toBeLessThan(PROCESSES_MAX);
      expect((await client.request('api/health/live')).status).toBe(200);

      process.kill(pid, 'SIGCONT');
      await waitFor(() => stream.all('snapshot').length > 1, {
        what: 'a picture after it went on',
        timeoutMs: 20_000,
      });
      await client.type(stream, '%0', 'echo af""ter\r');
      const rows = async (): Promise<string[]> =>
        (await tmux.run('capture-pane', '-p', '-S', '-', '-t', '%0'))
          .trimEnd()
          .split('\n')
          .map((row) => row.trimEnd());
      await waitFor(async () => (await rows()).includes('after'), { timeoutMs: 20_000 });
      await waitFor(
        async () => (await twin.rows('%0')).join('\n').trimEnd() === (await rows()).join('\n'),
        { what: 'the browser to show what tmux has' },
      );
      const text = await rows();
      expect(text.filter((row) => /^line-\d+$/.test(row))).toEqual(
        Array.from({ length: 300 }, (_, index) => `line-${index + 1}`),
      );
      // What was answered as unknown ran once or not at all.
      expect(text.filter((row) => row.endsWith('# once')).length).toBeLessThanOrEqual(1);
      expect(twin.breaks).toEqual([]);
      await waitFor(async () => (await tmux.run('list-clients')).trim().split('\n').length === 1);
      twin.dispose();
    } finally {
      process.kill(pid, 'SIGCONT');
      await server.stop();
    }
  }, 180_000);
});
