import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '#testing';
import { asksForSecret } from '../../audit/masking/asks-for-secret.js';
import { SessionStreams } from '../../events/session-streams.service.js';
import { BrowserTwin } from '../../testing/browser-twin.js';
import { ServerUnderTest } from '../../testing/server-under-test.js';
import type { TestClient } from '../../testing/test-client.js';
import type { TestStream } from '../../testing/test-stream.js';
import { TmuxGateway } from '../tmux-gateway.js';

describe('a pane that floods', () => {
  let server: ServerUnderTest;
  let client: TestClient;
  let stream: TestStream;
  let twin: BrowserTwin;

  beforeEach(async () => {
    server = await ServerUnderTest.start();
    client = await server.client();
    stream = await client.open();
    await stream.next('snapshot');
    twin = new BrowserTwin(stream);
  });

  afterEach(async () => {
    stream.close();
    twin.dispose();
    await server.stop();
  });

  const isPicture = (pane: string) => (event: { panes?: readonly { id: string }[] }) =>
    event.panes?.some((change) => change.id === pane && 'screen' in change) === true;

  async function history(pane: string): Promise<string[]> {
    const text = await server.tmux.run('capture-pane', '-p', '-S', '-', '-t', pane);
    return text
      .replace(/\n$/, '')
      .split('\n')
      .map((row) => row.trimEnd());
  }

  /** Waits until the twin has all that tmux has of a pane. */
  async function isExact(pane: `%${number}`): Promise<void> {
    await waitFor(
      async () => (await twin.rows(pane)).join('\n') === (await history(pane)).join('\n'),
      { what: `${pane} to be as in tmux`, timeoutMs: 30_000 },
    ).catch(() => undefined);
    expect(await twin.rows(pane)).toEqual(await history(pane));
    expect(twin.breaks).toEqual([]);
  }

  const endless = 'yes a line that is long enough to be a flood soon';

  it('is shown by frames, and exactly with its history when it is over', async () => {
    const file = join(server.tmux.dir, 'flood');
    const lines = Array.from({ length: 150_000 }, (_, index) => `${index} ${'x'.repeat(60)}`);
    await writeFile(file, lines.join('\n') + '\n');
    await client.type(stream, '%0', `cat ${file}; echo the-''end\r`);
    await waitFor(() => stream.all('state').some(isPicture('%0')), {
      what: 'the picture at the end',
      timeoutMs: 30_000,
    });
    await isExact('%0');
    expect((await twin.rows('%0')).join('\n')).toContain('the-end');
    expect(stream.all('frame').length).toBeGreaterThan(0);
    const streamed = stream.all('output').reduce((sum, { data }) => sum + data.length, 0);
    expect(streamed).toBeLessThan(lines.join('\n').length);
    // What is printed now is streamed again.
    await client.type(stream, '%0', `echo calm-''again\r`);
    await stream.next('output', ({ data }) => data.includes('calm-again'));
    await isExact('%0');
  }, 60_000);

  it('takes keys: Ctrl-C ends what is endless, and the prompt is seen', async () => {
    await client.type(stream, '%0', `${endless}\r`);
    await stream.next('frame');
    await client.type(stream, '%0', '\x03');
    await client.type(stream, '%0', `echo stopped-''now\r`);
    // Behind the prompt, when the shell reads what was typed before it had printed that.
    await waitFor(async () => (await twin.rows('%0')).join('\n').includes('stopped-now'), {
      what: 'what was typed after Ctrl-C',
      timeoutMs: 15_000,
    });
    await waitFor(() => stream.all('state').some(isPicture('%0')), { timeoutMs: 15_000 });
    await isExact('%0');
  }, 60_000);

  it('costs nothing while nobody sees it, and is shown when somebody does', async () => {
    await server.tmux.run('new-window', '-d', '-t', 'main:');
    await stream.next('state', isPicture('%1'));
    await client.type(stream, '%1', `${endless}\r`);
    const outputs = (): number => stream.all('output').filter(({ pane }) => pane === '%1').length;
    const historySize = (): Promise<string> =>
      server.tmux.run('display-message', '-p', '-t', '%1', '#{history_size}');
    await waitFor(
      async () => {
        const [told, size] = [outputs(), await historySize()];
        await waitFor(async () => (await historySize()) !== size, { what: 'it to print on' });
        return told > 0 && outputs() === told;
      },
      { what: 'it to print and nobody to be told', timeoutMs: 20_000 },
    );
    expect(stream.all('frame')).toEqual([]);
    await server.tmux.run('select-window', '-t', 'main:1');
    await stream.next('frame', ({ pane }) => pane === '%1');
    await server.tmux.run('send-keys', '-t', '%1', 'C-c');
    await waitFor(() => stream.all('state').filter(isPicture('%1')).length > 1, {
      what: 'the picture at the end',
      timeoutMs: 15_000,
    });
    await isExact('%1');
  }, 60_000);

  it('tells the audit of a prompt for a password that it ended with', async () => {
    await client.type(
      stream,
      '%0',
      `yes a line of a flood that is rather long, as they often are | head -c 2000000; printf 'Password''%s ' :; read x\r`,
    );
    await waitFor(async () => (await twin.rows('%0')).join('\n').includes('Password:'), {
      what: 'the prompt',
      timeoutMs: 30_000,
    });
    const { app } = server.running;
    const [listed] = (await app.get(TmuxGateway).cli.listSessions()) ?? [];
    if (listed === undefined) throw new Error('there is no session');
    const { watched } = await app.get(SessionStreams).open(listed);
    expect(asksForSecret(watched.outputs.get('%0')?.lastLine ?? '')).toBe(true);
  }, 60_000);

  it('may be closed, and leaves the others as they are', async () => {
    await server.tmux.run('split-window', '-d', '-t', '%0');
    await stream.next('state', isPicture('%1'));
    await client.type(stream, '%1', `${endless}\r`);
    await stream.next('frame');
    await server.tmux.run('kill-pane', '-t', '%1');
    await stream.next('state', ({ removedPanes }) => removedPanes?.includes('%1') === true);
    await client.type(stream, '%0', `echo still-''here\r`);
    await stream.next('output', ({ data }) => data.includes('still-here'));
    expect(stream.isEnded).toBe(false);
    await isExact('%0');
  }, 60_000);

  it('goes on when it is over, whoever is given pictures meanwhile', async () => {
    const over = new AbortController();
    const joining = (async () => {
      while (!over.signal.aborted) {
        const other = await client.open();
        await other.next('snapshot');
        other.close();
      }
    })();
    for (let round = 1; round <= 5; round += 1) {
      await client.type(
        stream,
        '%0',
        `yes ${'flood '.repeat(10)} | head -c 1500000; echo; echo over-''${round}\r`,
      );
      await waitFor(async () => (await twin.rows('%0')).join('\n').includes(`over-${round}`), {
        what: `the end of flood ${round}`,
        timeoutMs: 30_000,
      });
    }
    over.abort();
    await joining;
    // Once it has been calm for long enough, what is printed is streamed.
    await waitFor(
      async () => {
        await client.type(stream, '%0', `echo live-''again\r`);
        return stream.all('output').some(({ data }) => data.includes('live-again'));
      },
      { what: 'output', timeoutMs: 30_000 },
    );
    await isExact('%0');
  }, 120_000);

  it('is seen by who comes in the middle of it', async () => {
    await client.type(stream, '%0', `${endless}\r`);
    await stream.next('frame');
    const late = await client.open();
    await late.next('snapshot');
    const lateTwin = new BrowserTwin(late);
    await late.next('frame');
    await client.type(stream, '%0', '\x03');
    await late.next('state', isPicture('%0'));
    await isExact('%0');
    await waitFor(
      async () => (await lateTwin.rows('%0')).join('\n') === (await history('%0')).join('\n'),
      { what: 'the late one to be exact', timeoutMs: 15_000 },
    );
    expect(lateTwin.breaks).toEqual([]);
    lateTwin.dispose();
    late.close();
  }, 60_000);
});
