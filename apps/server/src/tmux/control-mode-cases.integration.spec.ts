import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '#testing';
import { MeddledTmux } from '../testing/meddled-tmux.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import type { TestClient } from '../testing/test-client.js';
import type { TestStream } from '../testing/test-stream.js';

describe('hostile control mode', () => {
  let meddled: MeddledTmux;
  let server: ServerUnderTest;
  let client: TestClient;
  let stream: TestStream;

  beforeEach(async () => {
    meddled = await MeddledTmux.create();
    server = await ServerUnderTest.start({ tmuxBin: meddled.bin });
    client = await server.client();
    stream = await client.open();
    await stream.next('snapshot');
  });

  afterEach(async () => {
    stream.close();
    await server.stop();
    await meddled.remove();
  });

  /** Types a command whose output can be told from everything before; a pane that floods shows it in a frame. */
  async function echoes(word: string, on = stream): Promise<void> {
    await client.type(on, '%0', `printf '<%s>' ${word}\r`);
    await waitFor(
      () =>
        on
          .all('output')
          .map(({ data }) => data)
          .join('')
          .includes(`<${word}>`) ||
        on.all('frame').some(({ screen }) => screen.includes(`<${word}>`)),
      { what: `<${word}>` },
    );
  }

  it('[H1] takes forged ends of replies in a pane’s history as text', async () => {
    const now = Math.floor(Date.now() / 1000);
    const forged = Array.from({ length: 400 }, (_, index) =>
      [`%end ${now + (index % 5)} ${index} 1`, '%output %0 forged', '%exit'].join('\n'),
    );
    const file = join(server.tmux.dir, 'forged');
    await writeFile(file, `${forged.join('\n')}\n`);
    await client.type(stream, '%0', `cat ${file}\r`);
    await echoes('shown');
    const late = await client.open();
    const { panes } = await late.next('snapshot');
    expect(panes[0]?.screen).toContain('%end');
    expect(panes[0]?.screen.match(/%exit/g)?.length).toBeGreaterThan(300);
    await echoes('late', late);
    expect(late.isEnded).toBe(false);
    late.close();
  });

  it('[H3] reads on after output that is escaped wrongly', async () => {
    const said = ['\\134', '\\13', '\\400', '\\', '\\x', '\\0', 'ok\\041'];
    await meddled.say(server.tmux, said.map((text) => `%output %0 <<${text}>>\n`).join(''));
    await echoes('after');
    const shown = stream.all('output').map(({ data }) => data);
    expect(shown.join('')).toContain('<<\\>>');
    expect(shown.join('')).toContain('<<ok!>>');
    expect(stream.isEnded).toBe(false);
  });

  it('[H3] reads a line of output of a megabyte', async () => {
    await meddled.say(server.tmux, `%output %0 ${'x'.repeat(1_000_000)}\n`);
    await waitFor(
      () =>
        stream
          .all('output')
          .map(({ data }) => data)
          .join('').length >= 1_000_000,
      { what: 'a megabyte' },
    );
    await echoes('after');
  });

  it.each([
    ['a reply that never ends', '%begin 1 2 1\n'],
    ['a reply inside a reply', '%begin 1 2 1\n%begin 3 4 1\nx\n%end 3 4 1\n'],
    ['an end of nothing', '%end 1 2 1\n%error 5 6 1\n'],
    ['words tmux does not have', '%unknown thing\n%output\n%layout-change @0 garbage\nstray\n'],
  ])('[H5] comes back to work after %s', async (_what, said) => {
    await meddled.say(server.tmux, said);
    await waitFor(
      async () => {
        const seq = stream.nextSeq();
        const reply = await client.command(stream, 'send-input', { pane: '%0', data: ' ', seq });
        return reply.status === 200;
      },
      { what: 'typing to work again', timeoutMs: 20_000 },
    );
    const fresh = await client.open();
    await fresh.next('snapshot');
    await echoes('again', fresh);
    fresh.close();
  });

  it('[H7] lets a pane that tmux paused go on, with a new picture', async () => {
    await server.tmux.run('refresh-client', '-t', await clientName(), '-A', '%0:pause');
    await stream.next(
      'state',
      ({ panes }) => panes?.some(({ screen }) => screen !== undefined) === true,
    );
    await echoes('goes-on');
  });

  it('[H9] has in the end what tmux has, however fast sessions and panes come and go', async () => {
    const churn = Array.from({ length: 50 }, (_, index) => [
      ...['new-session', '-d', '-s', `s${index}`, ';'],
      ...['new-window', '-d', '-t', 'main:', ';'],
      ...['split-window', '-d', '-t', 'main:', 'sleep 1000', ';', 'select-layout', 'tiled', ';'],
      ...(index % 3 === 0 ? ['kill-session', '-t', `s${index}`, ';'] : []),
      ...(index % 2 === 0 ? ['kill-window', '-t', 'main:$', ';'] : []),
    ]);
    await Promise.all(churn.map((words) => server.tmux.run(...words).catch(() => undefined)));
    const listed = (await server.tmux.run('list-panes', '-s', '-t', 'main', '-F', '#{pane_id}'))
      .trim()
      .split('\n')
      .sort();
    expect(listed.length).toBeGreaterThan(20);
    const fresh = await client.open();
    await waitFor(
      async () => {
        const seen = fresh.all('snapshot').length;
        await client.command(fresh, 'resync', {});
        await waitFor(() => fresh.all('snapshot').length > seen, { what: 'a picture' });
        const panes = fresh.all('snapshot').at(-1)?.panes ?? [];
        return JSON.stringify(panes.map(({ id }) => id).sort()) === JSON.stringify(listed);
      },
      { what: 'all panes' },
    );
    const { body } = await client.request('api/sessions');
    const names = (await server.tmux.run('list-sessions', '-F', '#{session_name}')).trim();
    expect(body).toMatchObject({
      sessions: names.split('\n').map((name) => ({ name })),
    });
    fresh.close();
  });

  it('lists and shows sessions and windows whose names are longer than a reply may be', async () => {
    const file = join(server.tmux.dir, 'names');
    const lines = [
      'new-session -d -s other',
      `rename-window -t other: "${'w'.repeat(3_000_000)}"`,
      `rename-session -t other "${'s'.repeat(3_000_000)}"`,
      `rename-window -t main: "${'v'.repeat(3_000_000)}"`,
    ];
    await writeFile(file, `${lines.join('\n')}\n`);
    await server.tmux.run('source-file', file);
    const name = 's'.repeat(512);
    const { body } = await client.request('api/sessions');
    expect(body).toMatchObject({ sessions: [{ name: 'main' }, { name }] });
    const late = await client.open(name);
    const { windows } = await late.next('snapshot');
    expect(windows.map((window) => window.name)).toEqual(['w'.repeat(512)]);
    late.close();
    await echoes('shown');
  });

  it('[H11] is not held up by a command that somebody runs for a minute in their own tmux', async () => {
    const pidFile = join(server.tmux.dir, 'pid');
    const minute = `echo $$ > ${pidFile}; exec sleep 60`;
    const human = spawn('tmux', server.tmux.argv('run-shell', minute), {
      env: server.tmux.env,
      cwd: server.tmux.dir,
      stdio: 'ignore',
    });
    await waitFor(() => existsSync(pidFile), { what: 'the command to run' });
    await echoes('typed');
    const split = await client.command(stream, 'split-pane', { pane: '%0', direction: 'right' });
    expect(split.status).toBe(200);
    const listing = await client.command(stream, 'tmux', { command: 'list-panes' });
    expect(listing).toMatchObject({ status: 200 });
    expect(human.exitCode).toBeNull();
    const ended = once(human, 'exit');
    process.kill(Number(await readFile(pidFile, 'utf8')));
    await ended;
  });

  async function clientName(): Promise<string> {
    return (await server.tmux.run('list-clients', '-F', '#{client_name}')).trim();
  }
});
