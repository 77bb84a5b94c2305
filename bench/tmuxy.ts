import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Terminal } from '@xterm/xterm';
import { ROOT } from '../tools/setup/prepare.mjs';
import { startUntil, stop } from './process.ts';
import type { Surroundings, Target } from './target.ts';

interface Published {
  readonly tmuxy?: { readonly terminals: ReadonlyMap<string, Terminal> };
}

const ENTRY = join(ROOT, 'dist/apps/server/src/cli/main.js');

/** The built server of this tree, on a free port. */
export async function startTmuxy({ folder, socket, env }: Surroundings): Promise<Target> {
  const flags = ['--port', '0', '--socket-path', socket, '--state-dir', join(folder, 'state')];
  const { child, found: link } = await startUntil(
    process.execPath,
    [ENTRY, 'server', ...flags],
    env,
    /(http:\S+#key=\S+)/,
  );
  return {
    name: 'tmuxy',
    async open(page: Page) {
      await page.goto(link);
      await page.getByTestId('sessions').waitFor();
      await page.goto(new URL('s/main', link.replace(/#.*/, '')).href);
      await page.getByTestId('pane').click();
      await page.waitForFunction(() => (window as unknown as Published).tmuxy?.terminals.size);
      const terminal = await page.evaluateHandle(() => {
        const [first] = (window as unknown as Published).tmuxy?.terminals.values() ?? [];
        if (!first) throw new Error('the session has no pane');
        return first;
      });
      return { page, terminal };
    },
    close: () => stop(child),
  };
}
