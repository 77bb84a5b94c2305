import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test.ts';

/** What a browser does when another tab is brought in front of it, or this one again. */
async function show(page: Page, state: 'visible' | 'hidden'): Promise<void> {
  await page.evaluate((next) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => next });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => next === 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

/** Waits until the server was told whether anybody sees the page. */
function told(page: Page, visible: boolean): Promise<unknown> {
  const body = JSON.stringify({ cmd: 'set-visibility', args: { visible } });
  return page.waitForResponse(
    (response) => response.ok() && response.request().postData() === body,
  );
}

test.describe('a tab that nobody sees', () => {
  test('is sent no output, and shows the exact screen when it is seen again', async ({
    workbench,
    session,
    page,
  }) => {
    await session.tmux('split-window', '-d', '-h');
    await expect(workbench.panes).toHaveCount(2);
    const pane = workbench.pane(session.pane);
    await pane.run('seq 1 50; echo se""en');
    await pane.shows(/^seen$/m);
    const hidden = told(page, false);
    await show(page, 'hidden');
    await hidden;
    const before = await pane.screen();
    await session.tmux('send-keys', 'seq 1 3000; echo un""seen', 'Enter');
    await expect.poll(() => session.capture(session.pane)).toContain('unseen');
    // It still hears what happens.
    await session.tmux('rename-window', 'elsewhere');
    await expect(workbench.tabs.filter({ hasText: 'elsewhere' })).toBeVisible();
    expect(await pane.screen()).toEqual(before);

    const visible = told(page, true);
    await show(page, 'visible');
    await visible;
    await pane.shows(/^unseen$/m);
    await expect
      .poll(() => pane.scrollback())
      .toEqual(await session.capture(session.pane, 'with-history'));
    await pane.run('echo and""on');
    await pane.shows(/^andon$/m);
  });
});
