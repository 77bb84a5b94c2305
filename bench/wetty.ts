import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Terminal } from '@xterm/xterm';
import { run } from '../tools/runtime/run.mjs';
import { ROOT } from '../tools/setup/prepare.mjs';
import { answering, freePort, startUntil, stop } from './process.ts';
import type { Surroundings, Target } from './target.ts';

interface Published {
  readonly wetty_term?: Terminal;
}

const FOLDER = join(ROOT, '.runtime/peers');
const ENTRY = join(FOLDER, 'node_modules/wetty/build/main.js');

/**
 * WeTTY running `tmux attach`, installed on first use. It runs a command of ours only for root.
 *
 * @throws Error saying why it cannot be measured here
 */
export async function startWetty({ folder, socket, env }: Surroundings): Promise<Target> {
  if (process.getuid?.() !== 0) throw new Error('WeTTY runs a command of ours only for root');
  if (!existsSync(ENTRY)) await install();
  const script = join(folder, 'attach.sh');
  await writeFile(script, `#!/bin/sh\nexec tmux -u -S '${socket}' attach-session -t main\n`);
  await chmod(script, 0o755);
  const port = String(await freePort());
  const args = [ENTRY, '--host', '127.0.0.1', '-p', port, '--ssh-host', 'localhost', '-c', script];
  const { child } = await startUntil(
    process.execPath,
    [...args, '--base', '/'],
    env,
    /server (?:started|listening)|Starting server|listening/i,
  );
  const url = `http://127.0.0.1:${port}/`;
  await answering(child, url);
  return {
    name: 'WeTTY',
    async open(page: Page) {
      await page.goto(url);
      await page.locator('.xterm').first().click();
      await page.waitForFunction(() => (window as unknown as Published).wetty_term !== undefined);
      const terminal = await page.evaluateHandle(() => {
        const { wetty_term } = window as unknown as Published;
        if (!wetty_term) throw new Error('the terminal is gone');
        return wetty_term;
      });
      return { page, terminal };
    },
    close: () => stop(child),
  };
}

/** Its pty needs its install script, which is off by default here. */
async function install(): Promise<void> {
  console.error('Installing WeTTY to .runtime/peers …');
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts=false'];
  const args = ['install', '--prefix', FOLDER, ...flags, 'wetty@3'];
  const { code, output } = await run('npm', args, {});
  if (code !== 0) throw new Error(`npm could not install WeTTY:\n${output.slice(-2000)}`);
}
