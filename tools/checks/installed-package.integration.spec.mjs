import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { run } from '../runtime/run.mjs';
import { ROOT } from '../setup/prepare.mjs';

/** Longest a server may take to print its address; a bound for a hang, not a measurement. */
const START_MAX_MS = 30_000;

/** @param {string} cwd @param {readonly string[]} args */
async function npm(cwd, args) {
  const { code, output } = await run('npm', [...args, '--no-audit', '--no-fund'], { cwd });
  assert.equal(code, 0, output);
  return output;
}

/**
 * Runs `npx tmuxy server` in a folder, looks at it as a browser would, and ends it.
 *
 * @param {string} folder where tmuxy is installed
 * @param {(npx: number) => void} stop given npx's process id, which leads a process group
 * @returns {Promise<{ health: number, page: string }>}
 */
async function visitServer(folder, stop) {
  const home = await mkdtemp(join(tmpdir(), 'tmuxy-home-'));
  const socket = join(home, 'tmux.sock');
  const env = { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8' };
  const args = ['tmuxy', 'server', '--port', '0', '--socket-path', socket];
  const npx = spawn('npx', args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  assert.ok(npx.pid);
  try {
    const origin = await printedOrigin(npx);
    const health = (await fetch(`${origin}/api/health/live`)).status;
    const page = await (await fetch(origin, { headers: { accept: 'text/html' } })).text();
    stop(npx.pid);
    await refusal(origin);
    return { health, page };
  } finally {
    if (npx.exitCode === null && npx.signalCode === null) process.kill(-npx.pid, 'SIGTERM');
    await run('tmux', ['-S', socket, 'kill-server'], { env });
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/**
 * Waits until nobody listens any more.
 *
 * @param {string} origin
 */
async function refusal(origin) {
  const deadline = performance.now() + START_MAX_MS;
  while (performance.now() < deadline) {
    const answered = await fetch(origin).then(
      () => true,
      () => false,
    );
    if (!answered) return;
    await setTimeout(100);
  }
  assert.fail(`${origin} still answers`);
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} server
 * @returns {Promise<string>} such as `http://127.0.0.1:9000`
 */
function printedOrigin(server) {
  let printed = '';
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`no address was printed:\n${printed}`));
    const timeout = AbortSignal.timeout(START_MAX_MS);
    timeout.addEventListener('abort', fail);
    server.once('exit', fail);
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (chunk) => {
        printed += String(chunk);
        const origin = /(http:\/\/[\d.]+:\d+)\S*#key=/.exec(printed)?.[1];
        if (!origin) return;
        timeout.removeEventListener('abort', fail);
        server.off('exit', fail);
        resolve(origin);
      });
    }
  });
}

describe('an installed tmuxy', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tmuxy-installed-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('runs from an npm pack tarball and ends on Ctrl-C in its terminal', async () => {
    const app = join(folder, 'tarball');
    await mkdir(app);
    await writeFile(join(app, 'package.json'), '{ "private": true }');
    const packed = await npm(ROOT, [
      'pack',
      '--ignore-scripts',
      '--json',
      '--pack-destination',
      app,
    ]);
    const [name] = /tmuxy-[\w.-]+\.tgz/.exec(packed) ?? [];
    assert.ok(name, packed);
    await npm(app, ['install', '--prefix', app, '--omit=dev', join(app, name)]);
    const seen = await visitServer(app, (npx) => process.kill(-npx, 'SIGINT'));
    assert.equal(seen.health, 200);
    assert.match(seen.page, /<app-root/);
  });

  it('runs from a built copy after npm ci --omit=dev and ends with npx', async () => {
    const copy = join(folder, 'copy');
    for (const path of ['package.json', 'package-lock.json', '.npmrc', 'bin', 'dist', 'tools']) {
      await cp(join(ROOT, path), join(copy, path), { recursive: true });
    }
    await npm(copy, ['ci', '--omit=dev', '--prefix', copy]);
    const seen = await visitServer(copy, (npx) => process.kill(npx, 'SIGTERM'));
    assert.equal(seen.health, 200);
  });
});
