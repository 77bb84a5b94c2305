import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../tools/runtime/run.mjs';
import { ROOT } from '../../tools/setup/prepare.mjs';
import type { Cleanup } from '../cleanup.ts';
import { answering, freePort, pidOf, startUntil, stop } from '../process.ts';
import { SESSION } from '../tmux.ts';
import type { PrivateTmux } from '../tmux.ts';
import { viewWetty } from '../viewers/wetty-viewer.ts';
import type { Target } from './target.ts';

const FOLDER = join(ROOT, '.runtime/peers');
const ENTRY = join(FOLDER, 'node_modules/wetty/build/main.js');

/**
 * WeTTY running `tmux attach`, installed on first use. It runs a command of ours only for root.
 *
 * @throws Error saying why it cannot be measured here
 */
export async function startWetty(cleanup: Cleanup, tmux: PrivateTmux): Promise<Target> {
  if (process.getuid?.() !== 0) throw new Error('WeTTY runs a command of ours only for root');
  if (!existsSync(ENTRY)) await install();
  const script = join(tmux.folder, 'attach.sh');
  const attach = `exec tmux -u -S '${tmux.socket}' attach-session -t ${SESSION}`;
  await writeFile(script, `#!/bin/sh\n${attach}\n`);
  await chmod(script, 0o755);
  const port = await freePort();
  const args = ['--host', '127.0.0.1', '-p', String(port), '--ssh-host', 'localhost'];
  const { child } = await startUntil(
    process.execPath,
    [ENTRY, ...args, '-c', script, '--base', '/'],
    tmux.env,
    /server (?:started|listening)|Starting server|listening/i,
  );
  cleanup.add(() => stop(child));
  await answering(child, `http://127.0.0.1:${port}/`);
  return {
    name: 'WeTTY',
    pid: pidOf(child),
    port,
    shown: { terminal: 'window.wetty_term' },
    statusRows: 1,
    prepare: () => Promise.resolve(),
    visit: async (page, origin) => {
      await page.goto(origin, { waitUntil: 'commit' });
    },
    focus: (page) => page.locator('.xterm').first().click(),
    comeBack: () => Promise.resolve(),
    view: async (scope) => {
      const viewer = await viewWetty(port);
      scope.add(() => viewer.close());
      return viewer;
    },
  };
}

/** Its pty needs its install script, which is off by default here. */
async function install(): Promise<void> {
  console.error('Installing WeTTY to .runtime/peers …');
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts=false'];
  const args = ['install', '--prefix', FOLDER, ...flags, 'wetty@3'];
  const { code, output } = await run('npm', args, { env: process.env });
  if (code !== 0) throw new Error(`npm could not install WeTTY:\n${output.slice(-2000)}`);
}
