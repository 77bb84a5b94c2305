import type { PaneId } from '#dto';
import { expect, test } from './fixtures/test.ts';
import { hasSameHistory } from './pages/same-history.ts';

test.describe('a program that prints without end', () => {
  test('is stopped by Ctrl-C, and the prompt is back', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run('yes again and again the same');
    await pane.shows(/^again and again the same$/m);
    // Long enough that it is shown by frames.
    await expect
      .poll(async () => Number(await session.tmux('display-message', '-p', '#{history_size}')))
      .toBeGreaterThan(1500);
    await pane.press('Control+c');
    await pane.run("echo stop''ped");
    await pane.shows(/^stopped$/m);
    await hasSameHistory(pane, session, { atLeast: 1500, timeout: 20_000 });
  });

  test('in another window does not keep this one from working', async ({ workbench, session }) => {
    const options = ['-d', '-P', '-F', '#{pane_id}'];
    const id = await session.tmux('new-window', ...options, 'yes again and again the same');
    await expect(workbench.tabs).toHaveCount(2);
    const pane = workbench.pane(session.pane);
    await pane.run("echo un''disturbed");
    await pane.shows(/^undisturbed$/m);
    await workbench.tabs.nth(1).click();
    const flooding = workbench.pane(id.trim() as PaneId);
    await expect(flooding.box).toHaveAttribute('data-active', 'true');
    await flooding.shows(/^again and again the same$/m);
    await flooding.press('Control+c');
    await expect(workbench.tabs).toHaveCount(1);
    await pane.shows(/^undisturbed$/m);
  });
});

test('a long listing leaves the history exactly as tmux has it', async ({ workbench, session }) => {
  const pane = workbench.pane(session.pane);
  await pane.run("seq -f '%.0f some text that makes the line longer' 1 300000; echo the-''end");
  await expect.poll(() => session.capture(pane.id), { timeout: 40_000 }).toContain('the-end');
  await pane.shows(/^the-end$/m);
  await hasSameHistory(pane, session, { atLeast: 1500, timeout: 20_000 });
});
