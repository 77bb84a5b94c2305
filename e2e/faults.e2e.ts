import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { tempDir, waitFor } from '#testing';
import { ROOT } from '../tools/setup/prepare.mjs';
import { CuttableLink } from './fixtures/cuttable-link.ts';
import { RawClient } from './fixtures/raw-client.ts';
import { expect, test } from './fixtures/test.ts';
import { Workbench } from './pages/workbench.ts';

const run = promisify(execFile);
const ENTRY = join(ROOT, 'dist/apps/server/src/cli/main.js');
const STREAMS = 100;
const COMMANDS = 40;
/** Of the longest shutdown and its own start. */
const SHUTDOWN_MAX_MS = 10_000;

test('[N1] a server that is told to end tells every stream, answers what is under way, and ends in order', async ({
  ownInstallation: { server, tmux },
}) => {
  test.setTimeout(120_000);
  const client = await RawClient.signIn(server.url, server.link);
  const { token } = await client.openStream('main');
  const streams = await Promise.all(
    Array.from({ length: STREAMS }, () => client.send('GET', 'events?session=main')),
  );
  const texts = streams.map((response) => response.text());
  await expect.poll(async () => (await tmux.run('list-clients')).split('\n').length).toBe(2);

  const posted = Array.from({ length: COMMANDS }, async (_, at) => {
    const body = { cmd: 'tmux', args: { command: `set-buffer -b n${at} x` } };
    const reply = await client.command('main', token, body).catch(() => undefined);
    await reply?.text().catch(() => undefined);
    return { name: `n${at}`, status: reply?.status };
  });
  const began = performance.now();
  await server.halt();
  expect(performance.now() - began).toBeLessThan(SHUTDOWN_MAX_MS);
  expect(server.exitCode).toBe(0);
  for (const text of await Promise.all(texts)) {
    // The whole text would be a long message.
    const last = text.slice(text.lastIndexOf('event: fatal'));
    expect(last).toMatch(/^event: fatal\nid: .*\nretry: \d+\ndata: \{"code":"draining"/);
  }
  const replies = await Promise.all(posted);
  const buffers = (await tmux.run('list-buffers', '-F', '#{buffer_name}')).split('\n');
  const done = replies.filter(({ status }) => status === 200).map(({ name }) => name);
  expect(done.filter((name) => !buffers.includes(name))).toEqual([]);
  expect(
    new Set(replies.map(({ status }) => status)).difference(new Set([200, 503, undefined])),
  ).toEqual(new Set());
  const verify = [ENTRY, 'audit', 'verify', '--json', '--state-dir', join(server.dir, 'state')];
  expect(JSON.parse((await run(process.execPath, verify)).stdout)).toMatchObject({
    isIntact: true,
    errors: 0,
  });
  expect(server.log).not.toContain('the shutdown failed');
  await expect(fetch(server.url)).rejects.toThrow();
});

test('[N3] a server that is killed at any moment has typed once what it acknowledged', async () => {
  test.setTimeout(180_000);
  const hook = pathToFileURL(join(ROOT, 'tools/trials/from-source.mjs')).href;
  const trial = [join(ROOT, 'tools/trials/kill-server.mjs'), '--trials', '3'];
  const { stdout } = await run(process.execPath, ['--import', hook, ...trial]);
  expect(stdout).toContain('each acknowledged input was typed once, none twice');
});

test('[N5] what is killed with all of its processes leaves tmux and its programs alone', async ({
  ownInstallation: { tmux },
}) => {
  await tmux.kill();
  await using dir = await tempDir('tmuxy-faults-');
  // Small, so that the system or Node may end it by itself as well.
  const memory = ['--max-old-space-size=64'];
  const flags = ['--port', '0', '--state-dir', join(dir.path, 'state')];
  const args = [...memory, ENTRY, 'server', ...flags, '--socket-path', tmux.socketPath];
  const child = spawn(process.execPath, args, {
    env: { ...tmux.env, HOME: dir.path, TMPDIR: dir.path },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const ended = once(child, 'exit');
  const link = await linkOf(child.stdout);
  const panes = (): Promise<string> => tmux.run('list-panes', '-a', '-F', '#{pane_pid} #{pid}');
  const before = await panes();
  const client = await RawClient.signIn(link.replace(/#.*/, ''), link);
  // Nobody reads most of these, while a pane floods.
  const stalled = await Promise.all(
    Array.from({ length: 60 }, () => client.send('GET', 'events?session=main')),
  );
  await tmux.run('send-keys', '-t', '%0', 'yes $(seq 1 200)', 'Enter');
  const { token } = await client.openStream('main');
  await expect
    .poll(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return 'killed';
      const size = await tmux.run('display-message', '-p', '-t', '%0', '#{history_size}');
      return Number(size) > 1500 ? 'flooded' : size;
    })
    .toMatch(/killed|flooded/);
  const resync = await client.command('main', token, { cmd: 'resync', args: {} });
  expect(resync.status).toBe(200);
  expect(stalled.every(({ status }) => status === 200)).toBe(true);
  process.kill(-Number(child.pid), 'SIGKILL');
  await ended;
  expect(await panes()).toBe(before);
  await tmux.run('send-keys', '-t', '%0', 'C-c', '');
  await tmux.run('send-keys', '-t', '%0', 'clear; echo al""ive', 'Enter');
  await expect.poll(() => tmux.run('capture-pane', '-p', '-t', '%0')).toContain('alive');
});

/** Runs a program where everything but `rw` may not be written and `full` has no space left; in a namespace of its own. */
const ON_READ_ONLY = [
  'mount --rbind / /',
  'mount -t tmpfs -o size=16k tmpfs "$1/full"',
  'head -c 100000 /dev/zero > "$1/full/ballast" 2>/dev/null',
  'mount --bind "$1/rw" "$1/rw"',
  'mount -o remount,ro,bind /',
  'rw="$1/rw"; shift; ! touch "$rw/../x" 2>/dev/null',
  'exec "$@"',
].join('; ');

test.describe('disks', () => {
  test.skip(!canUnshare(), 'this user may not mount anything');

  test('[N9] that may not be written, but for the state: the server runs', async ({
    ownInstallation: { tmux },
  }) => {
    await using dir = await tempDir('tmuxy-faults-');
    for (const name of ['rw', 'full']) await mkdir(join(dir.path, name));
    const flags = ['--port', '0', '--state-dir', join(dir.path, 'rw/state')];
    const args = [ENTRY, 'server', ...flags, '--socket-path', tmux.socketPath];
    const child = spawn(
      'unshare',
      ['-m', 'sh', '-c', ON_READ_ONLY, 'sh', dir.path, process.execPath, ...args],
      {
        env: { ...tmux.env, HOME: '/nonexistent', TMPDIR: join(dir.path, 'full') },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const ended = once(child, 'exit');
    const link = await linkOf(child.stdout);
    const client = await RawClient.signIn(link.replace(/#.*/, ''), link);
    const stream = await client.openStream('main');
    const body = { cmd: 'paste', args: { pane: stream.pane, data: 'echo pas""ted\n' } };
    expect((await client.command('main', stream.token, body)).status).toBe(200);
    await expect.poll(() => tmux.run('capture-pane', '-p', '-t', '%0')).toContain('pasted');
    child.kill();
    expect(await ended).toEqual([0, null]);
  });

  test('[N9] that have no space for the state refuse the start and say which', async ({
    ownInstallation: { tmux },
  }) => {
    await using dir = await tempDir('tmuxy-faults-');
    for (const name of ['rw', 'full']) await mkdir(join(dir.path, name));
    const state = join(dir.path, 'full/state');
    const args = [ENTRY, 'server', '--port', '0', '--state-dir', state];
    const started = run(
      'unshare',
      ['-m', 'sh', '-c', ON_READ_ONLY, 'sh', dir.path, process.execPath, ...args],
      { env: { ...tmux.env, HOME: dir.path, TMPDIR: join(dir.path, 'rw') } },
    );
    const failure = await started.then(
      () => undefined,
      (error: unknown) => error as { code: number; stderr: string },
    );
    expect(failure?.code).toBe(1);
    expect(failure?.stderr).toContain(state);
    expect(failure?.stderr).toMatch(/^tmuxy: .*ENOSPC/m);
  });
});

test('[N9] a state directory that cannot be made refuses the start and says so', async ({
  ownInstallation: { server, tmux },
}) => {
  const state = `${ENTRY}/state`;
  const started = run(process.execPath, [ENTRY, 'server', '--port', '0', '--state-dir', state], {
    env: { ...tmux.env, HOME: server.dir },
  });
  await expect(started).rejects.toThrow(`The state directory ${state} cannot be used (ENOTDIR)`);
});

function canUnshare(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // Not allowed here, or there is no such program.
  }
}

test('[N17] a server opens no debugger, whatever signal or option asks for it', async ({
  ownInstallation: { server, tmux },
}) => {
  process.kill(server.pid, 'SIGUSR1');
  const refused = connect(9229, '127.0.0.1');
  await expect(once(refused, 'connect')).rejects.toThrow('ECONNREFUSED');
  expect((await fetch(new URL('api/health/live', server.url))).status).toBe(200);
  expect(server.log).not.toContain('Debugger');
  const started = run(process.execPath, ['--inspect=127.0.0.1:0', ENTRY, 'server', '--port', '0'], {
    env: { ...tmux.env, HOME: server.dir },
  });
  await expect(started).rejects.toThrow('tmuxy: The debugger of Node is open');
});

/** Milliseconds each way. */
const FAR_MS = 150;
/** How long somebody goes on typing while nothing gets through. */
const STALL_MS = 2_000;

test('[N13] typing over a slow network that stalls and breaks is neither lost, doubled nor mixed up', async ({
  session,
  installation,
  browser,
}) => {
  const link = await CuttableLink.to(installation.server.url, { delayMs: FAR_MS });
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  try {
    const page = await context.newPage();
    const { hash } = new URL(await installation.server.freshLink());
    await page.goto(`${link.url}${hash}`);
    await expect(page.getByTestId('sessions')).toBeVisible();
    const workbench = new Workbench(page);
    await workbench.open(link.url, session.name);
    const pane = workbench.pane(session.pane);
    const typed = 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(2);
    await pane.run('stty -echo; cat');
    await expect
      .poll(() => session.capture(pane.id))
      .toContainEqual(expect.stringContaining('cat'));

    // The network stalls in the middle: nothing is known to be wrong, and all comes in the end.
    await page.keyboard.type(typed.slice(0, 20), { delay: 10 });
    link.hold();
    await page.keyboard.type(typed.slice(20, 50), { delay: STALL_MS / 30 });
    await expect.poll(() => link.heldBytes).toBeGreaterThan(0);
    link.release();
    await page.keyboard.type(typed.slice(50), { delay: 10 });
    await page.keyboard.press('Enter');
    await pane.shows(new RegExp(`^${typed}$`, 'm'));

    // The network breaks: the page says so, and takes no key that it could not send.
    link.cut();
    await expect(workbench.connection).toHaveAttribute('data-status', 'reconnecting');
    await expect(workbench.connection).toContainText('Connection lost');
    const shown = await pane.screen();
    await page.keyboard.type('never');
    expect(await pane.screen()).toEqual(shown);
    link.mend();
    await workbench.isLive();
    await page.keyboard.type('again');
    await page.keyboard.press('Enter');
    await pane.shows(/^again$/m);
    const rows = await session.capture(pane.id);
    expect(rows.filter((row) => row === typed)).toHaveLength(1);
    expect(rows.join('\n')).not.toContain('never');
  } finally {
    await context.close();
    await link.close();
  }
});

/** The sign-in link a server prints. */
async function linkOf(stdout: NodeJS.ReadableStream): Promise<string> {
  let said = '';
  stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return await waitFor(() => /http:\S+#key=\S+/.exec(said)?.[0], { timeoutMs: 20_000 });
}
