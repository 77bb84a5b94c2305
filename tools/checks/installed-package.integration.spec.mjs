import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
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
 * @returns {Promise<{ health: number, page: string, exitCode: number | null, portFree: boolean }>}
 */
async function visitServer(folder) {
  const home = await mkdtemp(join(tmpdir(), 'tmuxy-home-'));
  const socket = join(home, 'tmux.sock');
  const env = { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8' };
  const args = ['tmuxy', 'server', '--port', '0', '--socket-path', socket];
  const server = spawn('npx', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const origin = await printedOrigin(server);
    const health = (await fetch(`${origin}/api/health/live`)).status;
    const page = await (await fetch(origin, { headers: { accept: 'text/html' } })).text();
    server.kill('SIGTERM');
    const exitCode = /** @type {number | null} */ (await ended);
    const portFree = await fetch(origin).then(
      () => false,
      () => true,
    );
    return { health, page, exitCode, portFree };
  } finally {
    if (server.exitCode === null) server.kill('SIGTERM');
    await run('tmux', ['-S', socket, 'kill-server'], { env });
    await rm(home, { recursive: true, force: true });
  }
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} server
 * @returns {Promise<string>} such as `http://127.0.0.1:9000`
 */
function printedOrigin(server) {
  let printed = '';
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`no address was printed:\n${printed}`));
    const timer = setTimeout(fail, START_MAX_MS);
    server.once('exit', fail);
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (chunk) => {
        printed += String(chunk);
        const origin = /(http:\/\/[\d.]+:\d+)\S*#key=/.exec(printed)?.[1];
        if (!origin) return;
        clearTimeout(timer);
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

  it('runs from an npm pack tarball', async () => {
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
    const seen = await visitServer(app);
    assert.equal(seen.health, 200);
    assert.match(seen.page, /<app-root/);
    assert.equal(seen.exitCode, 0);
    assert.ok(seen.portFree);
  });

  it('runs from a built copy after npm ci --omit=dev', async () => {
    const copy = join(folder, 'copy');
    for (const path of ['package.json', 'package-lock.json', '.npmrc', 'bin', 'dist', 'tools']) {
      await cp(join(ROOT, path), join(copy, path), { recursive: true });
    }
    await npm(copy, ['ci', '--omit=dev', '--prefix', copy]);
    const seen = await visitServer(copy);
    assert.equal(seen.health, 200);
    assert.equal(seen.exitCode, 0);
    assert.ok(seen.portFree);
  });
});
