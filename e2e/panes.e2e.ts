import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test.ts';
import type { TmuxSession } from './fixtures/test.ts';
import type { Pane } from './pages/pane.ts';
import type { Workbench } from './pages/workbench.ts';

/** Each pane and its place, in cells, as tmux says. */
async function tmuxPanes(session: TmuxSession): Promise<readonly string[]> {
  const place = '#{pane_id} #{pane_left},#{pane_top} #{pane_width}x#{pane_height}';
  const list = await session.tmux('list-panes', '-F', place);
  return list.trim().split('\n');
}

/** The same of what is on screen, from the boxes' pixels and the terminals' sizes. */
async function shownPanes(workbench: Workbench): Promise<readonly string[]> {
  const ids = await workbench.panes.evaluateAll((panes) =>
    panes.map((pane) => pane.getAttribute('data-pane') ?? ''),
  );
  const grid = await workbench.page.locator('app-pane-grid').boundingBox();
  const shown = ids.map(async (id) => {
    const pane = workbench.pane(id as Pane['id']);
    const [box, { cols, rows }] = [await pane.box.boundingBox(), await pane.size()];
    if (box === null || grid === null) return `${id} not visible`;
    const [width, height] = [box.width / cols, box.height / rows];
    const left = Math.round((box.x - grid.x) / width);
    // One row above the grid belongs to the headers of the top panes.
    const top = Math.round((box.y - grid.y) / height) - 1;
    return `${id} ${left},${top} ${cols}x${rows}`;
  });
  return (await Promise.all(shown)).sort();
}

/** Waits until as many panes are on screen, each where tmux has it. */
async function showsAsTmux(
  workbench: Workbench,
  session: TmuxSession,
  count: number,
): Promise<void> {
  await expect(workbench.panes).toHaveCount(count);
  await expect(async () => {
    expect(await shownPanes(workbench)).toEqual([...(await tmuxPanes(session))].sort());
  }).toPass();
}

async function choose(page: Page, ...items: readonly string[]): Promise<void> {
  for (const item of items) await page.getByRole('menuitem', { name: item }).click();
}

test.describe('a pane is split', () => {
  test('by key, both ways', async ({ workbench, session }) => {
    await workbench.prefix('%');
    await showsAsTmux(workbench, session, 2);
    await workbench.prefix('"');
    await showsAsTmux(workbench, session, 3);
    const added = await workbench.activePane();
    expect(added.id).not.toBe(session.pane);
    await workbench.page.keyboard.type('echo in the $((1 + 1))nd\n');
    await added.shows(/^in the 2nd$/m);
  });

  test('by the buttons of its header, which leave it the keyboard', async ({
    workbench,
    session,
  }) => {
    const { header } = workbench.pane(session.pane);
    await header.hover();
    await header.getByRole('button', { name: 'Split right' }).click();
    await showsAsTmux(workbench, session, 2);
    await header.hover();
    await header.getByRole('button', { name: 'Split below' }).click();
    await showsAsTmux(workbench, session, 3);
    await workbench.page.keyboard.type('echo on\n');
    await (await workbench.activePane()).shows(/^on$/m);
  });

  test('by its context menu, where each item names its key', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.box.click({ button: 'right', position: { x: 200, y: 200 } });
    await expect(workbench.menu.getByRole('menuitem', { name: 'Split right' })).toContainText(
      'C-b %',
    );
    await choose(workbench.page, 'Split right');
    await showsAsTmux(workbench, session, 2);
    await pane.header.getByRole('button', { name: 'Pane menu' }).click();
    await choose(workbench.page, 'Split below');
    await showsAsTmux(workbench, session, 3);
    await workbench.page.keyboard.type('echo on\n');
    await (await workbench.activePane()).shows(/^on$/m);
  });

  test('by another tmux client', async ({ workbench, session }) => {
    await session.tmux('split-window', '-h');
    await session.tmux('split-window', '-v', '-l', '5');
    await session.tmux('split-window', '-hb', '-l', '30%');
    await showsAsTmux(workbench, session, 4);
  });
});

test.describe('a pane is closed', () => {
  test('by prefix x and y; n keeps it', async ({ workbench, session }) => {
    await workbench.prefix('%');
    await expect(workbench.panes).toHaveCount(2);
    const added = await workbench.activePane();
    await workbench.prefix('x');
    await expect(workbench.confirm).toContainText('kill-pane');
    await workbench.page.keyboard.press('n');
    await expect(workbench.confirm).toBeHidden();
    await expect(workbench.panes).toHaveCount(2);
    await workbench.prefix('x');
    await expect(workbench.confirm).toBeVisible();
    await workbench.page.keyboard.press('y');
    await expect(added.box).toHaveCount(0);
    await workbench.page.keyboard.type('echo left\n');
    await workbench.pane(session.pane).shows(/^left$/m);
  });

  test('by the button of its header, whichever pane is active', async ({ workbench, session }) => {
    await session.tmux('split-window', '-h');
    await expect(workbench.panes).toHaveCount(2);
    const first = workbench.pane(session.pane);
    await first.header.hover();
    await first.header.getByRole('button', { name: 'Close pane' }).click();
    await workbench.confirm.getByRole('button', { name: 'Yes' }).click();
    await expect(first.box).toHaveCount(0);
    await expect(workbench.panes).toHaveCount(1);
  });

  test('by its shell and by another client', async ({ workbench, session }) => {
    await session.tmux('split-window', '-h');
    await session.tmux('split-window', '-v');
    await expect(workbench.panes).toHaveCount(3);
    await workbench.pane(session.pane).run('exit');
    await expect(workbench.panes).toHaveCount(2);
    await session.tmux('kill-pane');
    await showsAsTmux(workbench, session, 1);
  });
});

test.describe('a pane is zoomed', () => {
  test('by prefix z, the button and a double click on its header', async ({
    workbench,
    session,
  }) => {
    await session.tmux('split-window', '-h');
    await expect(workbench.panes).toHaveCount(2);
    const active = await workbench.activePane();
    const before = await active.size();
    await workbench.prefix('z');
    await expect(workbench.panes).toHaveCount(1);
    await expect.poll(async () => (await active.size()).cols).toBeGreaterThan(before.cols);
    await expect(workbench.tabs.getByTitle('A pane is zoomed')).toBeVisible();
    await active.header.hover();
    await active.header.getByRole('button', { name: 'Show all panes' }).click();
    await showsAsTmux(workbench, session, 2);
    const first = workbench.pane(session.pane);
    await first.header.locator('.title').dblclick();
    await expect(workbench.panes).toHaveCount(1);
    await expect(first.box).toBeVisible();
    await workbench.prefix('z');
    await showsAsTmux(workbench, session, 2);
  });
});

test('panes are laid out anew from the menu, and by key', async ({ workbench, session }) => {
  await session.tmux('split-window', '-h');
  await session.tmux('split-window', '-h');
  await expect(workbench.panes).toHaveCount(3);
  const menu = async (...items: readonly string[]): Promise<void> => {
    const { header } = workbench.pane(session.pane);
    await header.getByRole('button', { name: 'Pane menu' }).click();
    await choose(workbench.page, ...items);
  };
  await menu('Layout', 'Stacked');
  await expect
    .poll(async () => (await tmuxPanes(session)).filter((pane) => pane.includes(' 0,')))
    .toHaveLength(3);
  await showsAsTmux(workbench, session, 3);
  await menu('Layout', 'One large left');
  await showsAsTmux(workbench, session, 3);
  await workbench.prefix('Space');
  await showsAsTmux(workbench, session, 3);
  await menu('Move to a new window');
  await expect(workbench.tabs).toHaveCount(2);
  await expect(workbench.panes).toHaveCount(1);
});

test('a click gives a pane the keyboard, and prefix o the next one', async ({
  workbench,
  session,
}) => {
  await session.tmux('split-window', '-h');
  await expect(workbench.panes).toHaveCount(2);
  const first = workbench.pane(session.pane);
  const second = await workbench.activePane();
  await first.focus();
  await workbench.page.keyboard.type('echo first\n');
  await first.shows(/^first$/m);
  await expect(first.box).toHaveAttribute('data-active', 'true');
  await workbench.prefix('o');
  await expect(second.box).toHaveAttribute('data-active', 'true');
  await workbench.page.keyboard.type('echo second\n');
  await second.shows(/^second$/m);
  await workbench.prefix('q');
  await expect(workbench.page.getByRole('dialog')).toBeVisible();
  await workbench.page.keyboard.press('0');
  await expect(first.box).toHaveAttribute('data-active', 'true');
  expect(await second.screen()).not.toContain('first');
});
