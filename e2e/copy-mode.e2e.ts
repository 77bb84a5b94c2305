import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test.ts';

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

test.describe('copy mode', () => {
  test('searches, selects and copies out of history', async ({ workbench, session }) => {
    const { page, statusBar } = workbench;
    const pane = workbench.pane(session.pane);
    await pane.run('seq -f "line %g" 1 300');
    await pane.shows(/^line 300$/m);
    await workbench.prefix('[');
    await expect(statusBar).toContainText('copy mode');
    await page.keyboard.type('?line 42\n');
    await pane.shows(/^line 42$/m);
    await page.keyboard.type('0v$y');
    await expect.poll(() => clipboard(page)).toBe('line 42');
    await expect(statusBar).not.toContainText('copy mode');
    await pane.shows(/^line 300$/m);
  });

  test('scrolls, shows where it is, and gives nothing to the program', async ({
    workbench,
    session,
  }) => {
    const { page, statusBar } = workbench;
    const pane = workbench.pane(session.pane);
    await pane.run('seq 1 300; cat > keys');
    await pane.shows(/^300$/m);
    await workbench.prefix('PageUp');
    await expect(statusBar).toContainText('copy mode');
    const before = await pane.screen();
    await page.keyboard.press('g');
    await pane.shows(/^1$/m);
    await page.keyboard.press('Control+d');
    await expect.poll(() => pane.screen()).not.toContain('1');
    expect(before).not.toContain('300');
    await page.keyboard.press('q');
    await expect(statusBar).not.toContainText('copy mode');
    await pane.shows(/^300$/m);
    await pane.type('typed\n');
    await pane.press('Control+d');
    await pane.run('cat keys | tr -d "\\n"; echo "<"');
    // What is typed before cat has ended is echoed before the prompt.
    await pane.shows(/^(\$ )?typed<$/m);
  });

  test('stays where it is while the program prints on', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run('seq 1 300');
    await pane.shows(/^300$/m);
    await workbench.prefix('[');
    await workbench.page.keyboard.press('g');
    await pane.shows(/^1$/m);
    await session.tmux('send-keys', 'echo later', 'Enter');
    await expect.poll(() => pane.scrollback()).toContain('later');
    expect(await pane.screen()).toContain('1');
    await workbench.page.keyboard.press('Escape');
    await pane.shows(/^later$/m);
  });
});
