import type { Browser, BrowserContext } from '@playwright/test';
import { expect, test as base } from './fixtures/test.ts';
import type { TmuxSession } from './fixtures/test.ts';
import type { Pane } from './pages/pane.ts';
import { Workbench } from './pages/workbench.ts';

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

async function openSecond(
  browser: Browser,
  { url, session, storageState }: { url: string; session: string; storageState: State },
): Promise<Workbench> {
  const context = await browser.newContext({
    storageState,
    viewport: { width: 900, height: 600 },
  });
  const workbench = new Workbench(await context.newPage());
  await workbench.open(url, session);
  return workbench;
}

/** A second browser, smaller than the first, on the same session. */
const test = base.extend<{ readonly second: Workbench }>({
  second: async ({ browser, signIn, installation, workbench, session }, use) => {
    // The first one to come is the driver.
    await expect(workbench.page.getByTestId('take-driver')).toHaveCount(0);
    const second = await openSecond(browser, {
      url: installation.server.url,
      session: session.name,
      storageState: signIn,
    });
    await use(second);
    await second.page.context().close();
  },
});

function sizeInTmux(session: TmuxSession): Promise<string> {
  return session.tmux('display-message', '-p', '#{window_width}x#{window_height}');
}

/** Whether all of the current window's panes are inside the browser's window. */
async function showsAll(workbench: Workbench): Promise<boolean> {
  const boxes = await Promise.all(
    (await workbench.panes.all()).map((pane) => pane.locator('.xterm-screen').boundingBox()),
  );
  const view = workbench.page.viewportSize();
  return boxes.every(
    (box) =>
      box !== null &&
      view !== null &&
      box.x + box.width <= view.width &&
      box.y + box.height <= view.height,
  );
}

async function selection(pane: Pane, workbench: Workbench): Promise<string | undefined> {
  return workbench.page.evaluate((id) => window.tmuxy?.terminals.get(id)?.getSelection(), pane.id);
}

test.describe('a second browser', () => {
  test('shows the whole session smaller, and resizes nothing', async ({
    workbench,
    second,
    session,
  }) => {
    const size = await sizeInTmux(session);
    await session.tmux('split-window', '-h');
    await expect(second.panes).toHaveCount(2);
    await expect.poll(() => showsAll(second)).toBe(true);
    await second.page.setViewportSize({ width: 700, height: 500 });
    await expect.poll(() => showsAll(second)).toBe(true);
    await second.pane(session.pane).run('echo typed in the second');
    await workbench.pane(session.pane).shows(/^typed in the second$/m);
    expect(await sizeInTmux(session)).toBe(size);
    await expect(async () => {
      const [theirs, ours] = [second.pane(session.pane), workbench.pane(session.pane)];
      expect(await theirs.screen()).toEqual(await ours.screen());
    }).toPass();
    await expect(second.page.getByTestId('take-driver')).toBeVisible();
  });

  test('takes the seat and gives it back', async ({ workbench, second, session }) => {
    const size = await sizeInTmux(session);
    await second.page.getByTestId('take-driver').click();
    await expect.poll(() => sizeInTmux(session)).not.toBe(size);
    await expect(second.page.getByTestId('take-driver')).toHaveCount(0);
    await expect(workbench.page.getByTestId('take-driver')).toBeVisible();
    await second.isSized();
    const { cols } = await second.pane(session.pane).size();
    expect(await sizeInTmux(session)).toMatch(new RegExp(`^${cols}x`));
    // Its keyboard is still in the terminal.
    await second.page.keyboard.type('echo mine\n');
    await workbench.pane(session.pane).shows(/^mine$/m);
    await workbench.page.getByTestId('take-driver').click();
    await expect.poll(() => sizeInTmux(session)).toBe(size);
  });

  test('clicks the right cell of a program', async ({ second, session }) => {
    const pane = second.pane(session.pane);
    await pane.run(String.raw`stty -echo -icanon; printf '\033[?1002h\033[?1006h'; cat -v`);
    await pane.followsMouse();
    for (const [col, row] of [
      [0, 5],
      [97, 20],
      [150, 30],
    ] as const) {
      const { x, y } = await pane.cell(col, row);
      await second.page.mouse.click(x, y);
      await pane.shows(`^[[<0;${col + 1};${row + 1}M`);
    }
  });

  test('selects the right text', async ({ second, session }) => {
    const pane = second.pane(session.pane);
    await pane.run("clear; printf '%100s\\n' 'some words far to the right'");
    // What was printed, not the command that was typed for it.
    await pane.shows(/^ {20,}some words far to the right$/m);
    const rows = await pane.screen();
    const row = rows.findIndex((text) => text.endsWith('right') && !text.includes('printf'));
    const col = (rows[row] ?? '').indexOf('words');
    const [from, to] = [await pane.cell(col, row), await pane.cell(col + 5, row)];
    // Again when a picture takes the terminal's place in between, which ends a selection.
    await expect(async () => {
      // From a cell's left half to the next one's: the cells between are selected.
      await second.page.mouse.move(from.x - 1, from.y);
      await second.page.mouse.down();
      await second.page.mouse.move(to.x - 2, to.y, { steps: 4 });
      await second.page.mouse.up();
      expect(await selection(pane, second)).toBe('words');
    }).toPass();
  });

  test('may look at the actual size instead', async ({ second, session }) => {
    const small = await second.pane(session.pane).cell(1, 0);
    await second.page.getByRole('button', { name: 'View' }).click();
    await second.page.getByRole('menuitemcheckbox', { name: 'Shrink to fit' }).click();
    await expect
      .poll(async () => (await second.pane(session.pane).cell(1, 0)).x)
      .toBeGreaterThan(small.x);
    expect(await showsAll(second)).toBe(false);
    // What is typed far to the right comes into view.
    await second.page.keyboard.type('x'.repeat(140));
    const view = second.page.viewportSize()?.width ?? 0;
    await second.pane(session.pane).shows(/x{140}/);
    await expect
      .poll(async () => (await second.pane(session.pane).cell(141, 0)).x)
      .toBeLessThan(view);
  });

  test('is offered the seat when the first leaves', async ({ workbench, second, session }) => {
    const size = await sizeInTmux(session);
    await workbench.page.goto('about:blank');
    await expect(second.page.getByText('Nobody here sizes it')).toBeVisible();
    expect(await sizeInTmux(session)).toBe(size);
    await second.page.getByTestId('take-driver').click();
    await expect.poll(() => sizeInTmux(session)).not.toBe(size);
  });
});
