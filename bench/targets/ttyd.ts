import { run } from '../../tools/runtime/run.mjs';
import { pidOf, startUntil, stop } from '../process.ts';
import type { Cleanup } from '../cleanup.ts';
import { SESSION } from '../tmux.ts';
import type { PrivateTmux } from '../tmux.ts';
import { viewTtyd } from '../viewers/ttyd-viewer.ts';
import type { Target } from './target.ts';

/** Of its three ways to draw, the fastest in a Chromium without a graphics card (README.md). */
const RENDERER = process.env['TTYD_RENDERER'] ?? 'canvas';

/**
 * ttyd running `tmux attach`: the one that `TTYD` names, else the one on the PATH.
 *
 * @throws Error saying why it cannot be measured here
 */
export async function startTtyd(cleanup: Cleanup, tmux: PrivateTmux): Promise<Target> {
  const binary = process.env['TTYD'] ?? 'ttyd';
  const { code, output } = await run(binary, ['--version']);
  if (code !== 0) throw new Error(`there is no ttyd (${output.trim()}): name one by TTYD=`);
  const page = [`rendererType=${RENDERER}`, 'disableLeaveAlert=true', 'disableResizeOverlay=true'];
  const flags = ['-p', '0', '-i', '127.0.0.1', '-W', ...page.flatMap((option) => ['-t', option])];
  const attach = ['tmux', '-u', '-S', tmux.socket, 'attach-session', '-t', SESSION];
  const listening = /Listening on port: (\d+)/;
  const { child, found } = await startUntil(binary, [...flags, ...attach], tmux.env, listening);
  cleanup.add(() => stop(child));
  const port = Number(found);
  return {
    name: 'ttyd',
    pid: pidOf(child),
    port,
    shown: { terminal: 'window.term' },
    statusRows: 1,
    prepare: () => Promise.resolve(),
    visit: async (to, origin) => {
      await to.goto(origin, { waitUntil: 'commit' });
    },
    focus: (to) => to.locator('.xterm').first().click(),
    // It tries once; then it asks for Enter.
    comeBack: (to) => to.keyboard.press('Enter'),
    view: async (scope) => {
      const viewer = await viewTtyd(port);
      scope.add(() => viewer.close());
      return viewer;
    },
  };
}
