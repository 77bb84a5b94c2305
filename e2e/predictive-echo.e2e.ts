import type { Browser, Page } from '@playwright/test';
import { CuttableLink } from './fixtures/cuttable-link.ts';
import type { Installation } from './fixtures/installation.ts';
import { expect, test } from './fixtures/test.ts';
import type { TmuxSession } from './fixtures/test.ts';
import type { Pane } from './pages/pane.ts';
import { Workbench } from './pages/workbench.ts';

/** From a key to its echo: twice this. */
const DELAY_MS = 150;

/** Text that was drawn as predicted, and what the terminal's line was at that moment. */
interface Drawn {
  readonly text: string;
  readonly line: string;
}

declare global {
  interface Window {
    drawn?: Drawn[];
  }
}

/** Writes down all that is predicted from now on. */
async function record(page: Page, pane: Pane): Promise<void> {
  await page.evaluate((id) => {
    const drawn: Drawn[] = [];
    window.drawn = drawn;
    const overlay = document.querySelector(`[data-pane="${id}"] [data-testid="prediction"]`);
    const terminal = window.tmuxy?.terminals.get(id);
    if (!overlay || !terminal) throw new Error('the pane has no terminal yet');
    new MutationObserver(() => {
      const { baseY, cursorY } = terminal.buffer.active;
      const line = terminal.buffer.active.getLine(baseY + cursorY)?.translateToString(true) ?? '';
      if (overlay.textContent !== '') drawn.push({ text: overlay.textContent, line });
    }).observe(overlay, { childList: true });
  }, pane.id);
}

function drawn(page: Page): Promise<readonly Drawn[]> {
  return page.evaluate(() => window.drawn ?? []);
}

/** A browser far away from the server, in `session`, which closes with the test. */
async function farAway(
  browser: Browser,
  installation: Installation,
  session: TmuxSession,
): Promise<{ workbench: Workbench; pane: Pane; close: () => Promise<void> }> {
  const link = await CuttableLink.to(installation.server.url, { delayMs: DELAY_MS });
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const close = async (): Promise<void> => {
    await context.close();
    await link.close();
  };
  try {
    const page = await context.newPage();
    const { hash } = new URL(await installation.server.freshLink());
    await page.goto(`${link.url}${hash}`);
    await expect(page.getByTestId('sessions')).toBeVisible();
    const workbench = new Workbench(page);
    await workbench.open(link.url, session.name);
    const pane = workbench.pane(session.pane);
    await record(page, pane);
    return { workbench, pane, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Types a line whose first characters measure the network and are seen to be echoed. */
async function typeLine({ page }: Workbench, pane: Pane, line: string): Promise<void> {
  for (const [index, char] of [...line].entries()) {
    await page.keyboard.type(char);
    if (index < 2) await pane.shows(new RegExp(`^\\S* ${line.slice(0, index + 1)}$`, 'm'));
  }
}

test.describe('what is typed far away from the server', () => {
  test('is seen before it comes back, and is then as the server has it', async ({
    browser,
    installation,
    session,
  }) => {
    const { workbench, pane, close } = await farAway(browser, installation, session);
    try {
      await typeLine(workbench, pane, 'echo far');
      await pane.shows(/^\S* echo far$/m);
      const seen = await drawn(workbench.page);
      const early = seen.filter(({ text, line }) => text.includes('far') && !line.includes('f'));
      expect(early).not.toEqual([]);
      await workbench.page.keyboard.press('Enter');
      await pane.shows(/^far$/m);
      await expect(workbench.page.getByTestId('prediction')).toBeHidden();
      expect(await session.capture(pane.id)).toEqual(await pane.screen());
    } finally {
      await close();
    }
  });

  test('is never seen where the program does not echo', async ({
    browser,
    installation,
    session,
  }) => {
    const { workbench, pane, close } = await farAway(browser, installation, session);
    try {
      const ask = 'stty -echo; printf Pass""word:; read x; stty echo; echo "<$x>"';
      await typeLine(workbench, pane, ask);
      expect(await drawn(workbench.page)).not.toEqual([]);
      await workbench.page.keyboard.press('Enter');
      await pane.shows(/^Password:$/m);
      await workbench.page.keyboard.type('#@!%^', { delay: 40 });
      await workbench.page.keyboard.press('Enter');
      await pane.shows('<#@!%^>');
      for (const { text } of await drawn(workbench.page)) expect(text).not.toMatch(/[#@!%^]/);
    } finally {
      await close();
    }
  });
});

test('typing close to the server predicts nothing, unless it always should', async ({
  workbench,
  session,
}) => {
  const { page } = workbench;
  const pane = workbench.pane(session.pane);
  await record(page, pane);
  await typeLine(workbench, pane, 'echo near');
  await pane.shows(/^\S* echo near$/m);
  const slowest = await page.evaluate(() =>
    Math.max(
      ...performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('commands'))
        .map(({ duration }) => duration),
    ),
  );
  // A machine that is busy enough is a slow network, too.
  if (slowest < 80) expect(await drawn(page)).toEqual([]);
  await page.getByRole('button', { name: 'View' }).click();
  await page.getByRole('menuitemradio', { name: 'Always' }).click();
  await page.keyboard.press('Enter');
  await pane.shows(/^near$/m);
  await typeLine(workbench, pane, 'echo nearer');
  expect(await drawn(page)).not.toEqual([]);
});
