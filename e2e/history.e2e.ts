import type { Pane } from './pages/pane.ts';
import { expect, test } from './fixtures/test.ts';
import type { TmuxSession } from './fixtures/test.ts';

/**
 * The last rows of a pane in the browser and in tmux, as many as both have: a full history loses a
 * tenth at once in tmux (grid.c, grid_collect_history), and line by line in the browser.
 */
async function lastRows(pane: Pane, session: TmuxSession): Promise<readonly (readonly string[])[]> {
  const [ours, tmux] = await Promise.all([
    pane.scrollback(),
    session.capture(pane.id, 'with-history'),
  ]);
  const count = Math.min(ours.length, tmux.length);
  return [ours.slice(-count), tmux.slice(-count)];
}

test.describe('history', () => {
  test('of 200,000 lines ends as in tmux, in the browser that watched them', async ({
    workbench,
    session,
  }) => {
    const pane = workbench.pane(session.pane);
    await pane.run('seq 1 200000');
    await expect
      .poll(async () => (await pane.screen()).includes('200000'), { timeout: 40_000 })
      .toBe(true);
    // A flood's history comes when it is over.
    await expect(async () => {
      const [ours, tmux] = await lastRows(pane, session);
      expect(ours).toEqual(tmux);
      // nine tenths of tmux's default history-limit
      expect(ours?.length).toBeGreaterThanOrEqual(1800);
    }).toPass({ timeout: 20_000 });
    await pane.run('echo and on');
    await pane.shows(/^and on$/m);
  });

  test('of 200,000 lines is there for a browser that comes later', async ({
    workbench,
    session,
    page,
  }) => {
    const pane = workbench.pane(session.pane);
    await page.goto('about:blank');
    await session.tmux('send-keys', 'seq 1 200000', 'Enter');
    await expect.poll(() => session.capture(pane.id), { timeout: 40_000 }).toContain('200000');
    await page.goBack();
    await workbench.isLive();
    await pane.shows(/^200000$/m);
    const [ours, tmux] = await lastRows(pane, session);
    expect(ours).toEqual(tmux);
    expect(ours?.length).toBeGreaterThanOrEqual(1800);
  });

  test('is gone in both when it is cleared', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run('seq 1 300');
    await pane.shows(/^300$/m);
    await pane.box.click({ button: 'right' });
    await workbench.menu.getByRole('menuitem', { name: 'Clear history' }).click();
    await expect.poll(() => session.capture(pane.id, 'with-history')).not.toContain('1');
    const { rows } = await pane.size();
    await expect.poll(async () => (await pane.scrollback()).length).toBe(rows);
    await pane.shows(/^300$/m);
  });
});
