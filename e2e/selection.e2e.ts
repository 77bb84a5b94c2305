import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test.ts';

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

test.describe('selection', () => {
  test('is dragged and copied with Ctrl-Shift-C', async ({ workbench, session }) => {
    const { page } = workbench;
    const pane = workbench.pane(session.pane);
    await pane.run("clear; printf 'alpha beta\\ngamma 日本 delta\\n'");
    await pane.shows(/^gamma/m);
    const from = await pane.cell(6, 0);
    const to = await pane.cell(9, 1);
    await page.mouse.move(from.x - 3, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x + 3, to.y, { steps: 4 });
    await page.mouse.up();
    await pane.press('Control+Shift+c');
    await expect.poll(() => clipboard(page)).toBe('beta\ngamma 日本');
  });

  test('of a word by double click is copied by Ctrl-C, which interrupts after that', async ({
    workbench,
    session,
  }) => {
    const { page } = workbench;
    const pane = workbench.pane(session.pane);
    await pane.run('clear; echo take this-word; sleep 1000');
    await pane.shows(/^take this-word$/m);
    const { x, y } = await pane.cell(1, 0);
    await page.mouse.dblclick(x, y);
    await pane.press('Control+c');
    await expect.poll(() => clipboard(page)).toBe('take');
    expect(await session.tmux('display-message', '-p', '#{pane_current_command}')).toBe('sleep\n');
    await pane.press('Control+c');
    await pane.shows(/^\$$/m);
  });

  test('of a wrapped line is one line', async ({ workbench, session }) => {
    const { page } = workbench;
    const pane = workbench.pane(session.pane);
    const { cols } = await pane.size();
    await pane.run(`clear; seq -s '' 1 ${cols}`);
    const text = Array.from({ length: cols }, (_, i) => String(i + 1)).join('');
    await pane.shows(/^\$$/m);
    const { x, y } = await pane.cell(2, 0);
    await page.mouse.click(x, y, { clickCount: 3 });
    await pane.press('Control+Shift+c');
    await expect.poll(() => clipboard(page)).toBe(text);
  });
});
