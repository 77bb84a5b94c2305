import { expect, test } from './fixtures/test.ts';
import { hasSameHistory } from './pages/same-history.ts';

/** Nine tenths of tmux's default history-limit. */
const FULL = 1800;

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
    await hasSameHistory(pane, session, { atLeast: FULL, timeout: 20_000 });
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
    await hasSameHistory(pane, session, { atLeast: FULL });
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
