import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test.ts';
import { Workbench } from './pages/workbench.ts';

/** More than a browser has connections over HTTP/1.1. */
const TABS = 8;
/** `STREAMS_MAX` in apps/web/src/app/tabs/stream-budget.ts. */
const STREAMS = 4;

declare global {
  interface Window {
    isBehind?: boolean;
  }
}

/** Makes the page believe that another tab is in front, or that it is again; headless tabs never are behind. */
async function setBehind(page: Page, isBehind: boolean): Promise<void> {
  await page.evaluate((is) => {
    window.isBehind = is;
    document.dispatchEvent(new Event('visibilitychange'));
  }, isBehind);
}

/** Turns to a tab that rests; headless, all of them believe that they are seen. */
async function turnTo(tab: Workbench): Promise<void> {
  await tab.page.bringToFront();
  await expect(tab.connection).toContainText('at most 6 connections');
  await tab.page.getByRole('button', { name: 'Go on here' }).click();
  await tab.isLive();
}

function statuses(tabs: readonly Workbench[]): Promise<readonly (string | null)[]> {
  return Promise.all(tabs.map(({ connection }) => connection.getAttribute('data-status')));
}

test.describe('more tabs than the browser has connections', () => {
  test.setTimeout(180_000);

  test('all open, all take keys when one turns to them, and none loses output', async ({
    context,
    installation,
    session,
  }) => {
    const tabs: Workbench[] = [];
    for (let i = 0; i < TABS; i++) {
      const tab = new Workbench(await context.newPage());
      await tab.open(installation.server.url, session.name);
      tabs.push(tab);
    }
    const rest = Array.from({ length: TABS - STREAMS }, () => 'resting');
    const live = Array.from({ length: STREAMS }, () => 'live');
    await expect.poll(() => statuses(tabs)).toEqual([...rest, ...live]);
    for (const [index, tab] of tabs.entries()) {
      await turnTo(tab);
      const pane = tab.pane(session.pane);
      await pane.run(`echo from ta""b ${index}`);
      await pane.shows(new RegExp(`^from tab ${index}$`, 'm'));
    }
    for (const tab of tabs) {
      await turnTo(tab);
      await expect
        .poll(() => tab.pane(session.pane).scrollback())
        .toEqual(await session.capture(session.pane, 'with-history'));
    }
  });

  test('rest behind the others, and are as the session is when they come to the front', async ({
    context,
    installation,
    session,
  }) => {
    await context.addInitScript(() => {
      Object.defineProperty(document, 'visibilityState', {
        get: () => (window.isBehind === true ? 'hidden' : 'visible'),
      });
    });
    const tabs: Workbench[] = [];
    for (let i = 0; i <= STREAMS; i++) {
      const tab = new Workbench(await context.newPage());
      await tab.open(installation.server.url, session.name);
      await setBehind(tab.page, true);
      tabs.push(tab);
    }
    const [first, second] = tabs;
    if (first === undefined || second === undefined) throw new Error('there are no tabs');
    await expect.poll(() => statuses([first, second])).toEqual(['resting', 'live']);
    await session.tmux('send-keys', 'seq 1 300; echo missed', 'Enter');
    await expect.poll(() => session.capture(session.pane)).toContain('missed');
    expect(await first.pane(session.pane).screen()).not.toContain('missed');
    await setBehind(first.page, false);
    await first.isLive();
    await first.pane(session.pane).shows(/^missed$/m);
    await expect
      .poll(() => first.pane(session.pane).scrollback())
      .toEqual(await session.capture(session.pane, 'with-history'));
    await expect(second.connection).toHaveAttribute('data-status', 'resting');
    await first.page.close();
    // Whoever was seen last gets the place that is free, without being asked.
    await second.isLive();
  });
});
