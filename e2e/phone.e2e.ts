import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test.ts';
import { SessionsPage } from './pages/sessions-page.ts';
import { Workbench } from './pages/workbench.ts';

const PHONE = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 3,
  hasTouch: true,
  isMobile: true,
};

/** Widest content of the page, in pixels. */
function pageWidth(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth);
}

test.describe('on a phone', () => {
  test.use(PHONE);

  test('no page is wider than the screen', async ({ page, installation, session }) => {
    const sessions = new SessionsPage(page);
    await sessions.open(installation.server.url);
    expect(await pageWidth(page)).toBe(360);
    await sessions.row(session.name).getByRole('link').tap();
    const workbench = new Workbench(page);
    await workbench.isLive();
    expect(await pageWidth(page)).toBe(360);
    for (const name of ['a long name of a window', 'another one', 'a third']) {
      await session.tmux('new-window', '-n', name);
    }
    await expect(workbench.tabs).toHaveCount(4);
    expect(await pageWidth(page)).toBe(360);
  });

  test('the key bar has the keys that a touch keyboard lacks', async ({ workbench, session }) => {
    const bar = workbench.page.getByTestId('key-bar');
    const pane = workbench.pane(session.pane);
    const key = (name: string): Promise<void> =>
      bar.getByRole('button', { name, exact: true }).tap();
    // Touch keyboards send text, no key events.
    const type = (text: string): Promise<void> => workbench.page.keyboard.insertText(text);
    await pane.focus();
    await type('sleep 1000');
    await workbench.page.keyboard.press('Enter');
    await expect
      .poll(() => session.tmux('display-message', '-p', '#{pane_current_command}'))
      .toBe('sleep\n');
    await key('Ctrl');
    await expect(bar.getByRole('button', { name: 'Ctrl' })).toHaveAttribute('aria-pressed', 'true');
    await type('c');
    await expect(bar.getByRole('button', { name: 'Ctrl' })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
    await expect
      .poll(() => session.tmux('display-message', '-p', '#{pane_current_command}'))
      .toBe('sh\n');
    await type('stty -icanon; cat > /dev/null');
    await workbench.page.keyboard.press('Enter');
    await key('Up');
    await pane.shows(/^\^\[\[A$/m);
    await key('Esc');
    await pane.shows(/^\^\[\[A\^\[$/m);
  });

  test('prefix keys work with the bar and the touch keyboard', async ({ workbench }) => {
    await (await workbench.activePane()).focus();
    await workbench.page.getByTestId('key-bar').getByRole('button', { name: 'Prefix C-b' }).tap();
    await workbench.page.keyboard.insertText('"');
    await expect(workbench.panes).toHaveCount(2);
  });

  test('panes are split from the menu by touch', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.header.getByRole('button', { name: 'Pane menu' }).tap();
    await workbench.page.getByRole('menuitem', { name: 'Split below' }).tap();
    await expect(workbench.panes).toHaveCount(2);
    expect(await pageWidth(workbench.page)).toBe(360);
  });
});

test('a phone that watches a large screen shows it readable, where the cursor is', async ({
  browser,
  workbench,
  session,
  installation,
  signIn,
}) => {
  const context = await browser.newContext({ ...PHONE, storageState: signIn });
  const phone = new Workbench(await context.newPage());
  await phone.open(installation.server.url, session.name);
  const pane = phone.pane(session.pane);
  const cellWidth = async (): Promise<number> =>
    (await pane.cell(1, 0)).x - (await pane.cell(0, 0)).x;
  await expect.poll(cellWidth).toBeGreaterThan(6);
  await workbench.pane(session.pane).type(`echo ${'y'.repeat(110)}`);
  await pane.shows(/y{110}/);
  const cursor = (): Promise<{ readonly x: number }> => pane.cell(2 + 5 + 110, 0);
  await expect.poll(async () => (await cursor()).x).toBeLessThan(360);
  expect((await cursor()).x).toBeGreaterThan(0);
  await workbench.page.keyboard.press('Enter');
  await expect.poll(async () => (await pane.cell(0, 0)).x).toBeGreaterThanOrEqual(0);
  expect(await pageWidth(phone.page)).toBe(360);
  await context.close();
});
