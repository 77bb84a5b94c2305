import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { CuttableLink } from './fixtures/cuttable-link.ts';
import { expect, test } from './fixtures/test.ts';
import { hasSameHistory } from './pages/same-history.ts';
import { Workbench } from './pages/workbench.ts';

/** Counts documents: a page that came back by reloading would have a new one. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => document.body.setAttribute('data-mark', 'same document'));
}

test.describe('a connection', () => {
  test('that is reloaded shows the same', async ({ workbench, session, page }) => {
    const pane = workbench.pane(session.pane);
    await session.tmux('split-window', '-h', '-d');
    await expect(workbench.panes).toHaveCount(2);
    await pane.run('seq 1 100; echo the end');
    await pane.shows(/^the end\n\$$/m);
    const before = await pane.scrollback();
    await page.reload();
    await workbench.isLive();
    await expect(workbench.panes).toHaveCount(2);
    await expect.poll(() => pane.scrollback()).toEqual(before);
    await pane.run('echo still here');
    await pane.shows(/^still here$/m);
  });

  test('that is cut comes back by itself with what was missed, once', async ({
    page,
    session,
    installation,
    browser,
  }) => {
    const link = await CuttableLink.to(installation.server.url);
    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    try {
      const far = await context.newPage();
      const { hash } = new URL(await installation.server.freshLink());
      await far.goto(`${link.url}${hash}`);
      await expect(far.getByTestId('sessions')).toBeVisible();
      const workbench = new Workbench(far);
      await workbench.open(link.url, session.name);
      const pane = workbench.pane(session.pane);
      await mark(far);
      await pane.run('echo before the cut');
      await pane.shows(/^before the cut\n\$$/m);
      const shown = await pane.screen();
      link.cut();
      await expect(workbench.connection).toHaveAttribute('data-status', 'reconnecting');
      await expect(workbench.connection).toContainText('Connection lost');
      expect(await pane.screen()).toEqual(shown);
      await session.tmux('send-keys', 'seq 1 400; echo missed', 'Enter');
      await expect.poll(() => session.capture(pane.id)).toContain('missed');
      link.mend();
      await workbench.isLive();
      await pane.shows(/^missed$/m);
      await expect(async () => {
        const all = await session.capture(pane.id, 'with-history');
        expect(await pane.scrollback()).toEqual(all);
      }).toPass();
      await pane.run('echo typed again');
      await pane.shows(/^typed again$/m);
      await expect(far.locator('body')).toHaveAttribute('data-mark', 'same document');
    } finally {
      await context.close();
      await link.close();
    }
    await expect(page).toHaveURL('about:blank');
  });

  test('that is cut in a flood loses and doubles nothing', async ({
    session,
    installation,
    browser,
  }) => {
    const link = await CuttableLink.to(installation.server.url);
    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    try {
      const far = await context.newPage();
      const { hash } = new URL(await installation.server.freshLink());
      await far.goto(`${link.url}${hash}`);
      await expect(far.getByTestId('sessions')).toBeVisible();
      const workbench = new Workbench(far);
      await workbench.open(link.url, session.name);
      const pane = workbench.pane(session.pane);
      const stop = join(installation.tmux.dir, `${session.name}.stop`);
      await pane.run(`while [ ! -e ${stop} ]; do i=$((i+1)); echo line $i ü; done; echo over`);
      for (let cuts = 0; cuts < 3; cuts += 1) {
        await pane.shows(/^line \d+ ü$/m);
        link.cut();
        await expect(workbench.connection).toHaveAttribute('data-status', 'reconnecting');
        link.mend();
        await workbench.isLive();
      }
      await writeFile(stop, '');
      await expect
        .poll(async () => (await pane.screen()).includes('over'), { timeout: 30_000 })
        .toBe(true);
      await hasSameHistory(pane, session, { atLeast: 1800 });
    } finally {
      await context.close();
      await link.close();
    }
  });
});
