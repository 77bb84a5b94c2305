import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures/test.ts';
import type { TmuxSession } from './fixtures/test.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

async function middleOf(locator: Locator): Promise<Point> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('not visible');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Presses at one point and moves to another, as a hand does: by way of points between. */
async function dragTo(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
}

async function widths(session: TmuxSession): Promise<readonly number[]> {
  const list = await session.tmux('list-panes', '-F', '#{pane_width}');
  return list.trim().split('\n').map(Number);
}

async function heights(session: TmuxSession): Promise<readonly number[]> {
  const list = await session.tmux('list-panes', '-F', '#{pane_height}');
  return list.trim().split('\n').map(Number);
}

test.describe('a border', () => {
  test('between columns is dragged to where it is dropped', async ({ workbench, session }) => {
    await session.tmux('split-window', '-h');
    await expect(workbench.panes).toHaveCount(2);
    const left = workbench.pane(session.pane);
    const from = await middleOf(workbench.borders);
    const { cols } = await left.size();
    const cell = (await left.cell(1, 0)).x - (await left.cell(0, 0)).x;
    await dragTo(workbench.page, from, { x: from.x + 10 * cell, y: from.y });
    await workbench.page.mouse.up();
    await expect.poll(() => widths(session)).toContain(cols + 10);
    await expect.poll(async () => (await left.size()).cols).toBe(cols + 10);
    await expect
      .poll(async () => (await middleOf(workbench.borders)).x)
      .toBeCloseTo(from.x + 10 * cell, 0);
  });

  test('between rows is dragged too', async ({ workbench, session }) => {
    await session.tmux('split-window', '-v');
    await expect(workbench.panes).toHaveCount(2);
    const top = workbench.pane(session.pane);
    const from = await middleOf(workbench.borders);
    const { rows } = await top.size();
    const cell = (await top.cell(0, 1)).y - (await top.cell(0, 0)).y;
    await dragTo(workbench.page, from, { x: from.x, y: from.y - 6 * cell });
    await workbench.page.mouse.up();
    await expect.poll(() => heights(session)).toContain(rows - 6);
  });

  test('goes back on Escape', async ({ workbench, session }) => {
    await session.tmux('split-window', '-h');
    await expect(workbench.panes).toHaveCount(2);
    const before = await widths(session);
    const from = await middleOf(workbench.borders);
    await dragTo(workbench.page, from, { x: from.x - 200, y: from.y });
    await expect.poll(() => widths(session)).not.toEqual(before);
    await workbench.page.keyboard.press('Escape');
    await workbench.page.mouse.up();
    await expect.poll(() => widths(session)).toEqual(before);
  });

  test('moves by the arrow keys while it has the focus', async ({ workbench, session }) => {
    await session.tmux('split-window', '-h');
    await expect(workbench.panes).toHaveCount(2);
    const before = await widths(session);
    await workbench.borders.focus();
    await workbench.page.keyboard.press('ArrowLeft');
    await expect.poll(() => widths(session)).toEqual([(before[0] ?? 0) - 1, (before[1] ?? 0) + 1]);
  });

  test('of one split leaves the others where they are', async ({ workbench, session }) => {
    await session.tmux('split-window', '-h');
    await session.tmux('split-window', '-h');
    await session.tmux('select-layout', 'even-horizontal');
    await expect(workbench.borders).toHaveCount(2);
    const [first, second, third] = await widths(session);
    const from = await middleOf(workbench.borders.last());
    await dragTo(workbench.page, from, { x: from.x + 80, y: from.y });
    await workbench.page.mouse.up();
    await expect.poll(async () => (await widths(session))[2]).toBeLessThan(third ?? 0);
    const after = await widths(session);
    expect(after[0]).toBe(first);
    expect((after[1] ?? 0) + (after[2] ?? 0)).toBe((second ?? 0) + (third ?? 0));
  });
});

test.describe('panes are swapped', () => {
  test('by dragging a header onto another pane', async ({ workbench, session }) => {
    await session.tmux('split-window', '-h');
    await expect(workbench.panes).toHaveCount(2);
    const first = workbench.pane(session.pane);
    const second = await workbench.activePane();
    await first.run('echo I was left');
    await first.shows(/^I was left$/m);
    await dragTo(workbench.page, await middleOf(first.header), await middleOf(second.box));
    await expect(second.box).toHaveClass(/drop-target/);
    await workbench.page.mouse.up();
    const left = (id: string): Promise<string> =>
      session.tmux('list-panes', '-F', '#{pane_left}', '-f', `#{==:#{pane_id},${id}}`);
    await expect.poll(() => left(second.id)).toBe('0\n');
    await expect
      .poll(async () => (await middleOf(first.box)).x - (await middleOf(second.box)).x)
      .toBeGreaterThan(0);
    await first.shows(/^I was left$/m);
  });

  test('not when it is dropped on its own place, or on Escape', async ({ workbench, session }) => {
    await session.tmux('split-window', '-h');
    await expect(workbench.panes).toHaveCount(2);
    const first = workbench.pane(session.pane);
    const second = await workbench.activePane();
    const order = (): Promise<string> => session.tmux('list-panes', '-F', '#{pane_id}');
    const before = await order();
    await dragTo(workbench.page, await middleOf(first.header), await middleOf(second.box));
    await workbench.page.keyboard.press('Escape');
    await expect(second.box).not.toHaveClass(/drop-target/);
    await workbench.page.mouse.up();
    await dragTo(workbench.page, await middleOf(first.header), await middleOf(first.box));
    await workbench.page.mouse.up();
    // Whatever was sent would have been done before this.
    await first.run('echo done');
    await first.shows(/^done$/m);
    expect(await order()).toBe(before);
  });

  test('by key and from the menu', async ({ workbench, session }) => {
    await session.tmux('split-window', '-h');
    await expect(workbench.panes).toHaveCount(2);
    const order = (): Promise<string> => session.tmux('list-panes', '-F', '#{pane_id}');
    const second = await workbench.activePane();
    const [there, back] = [`${session.pane}\n${second.id}\n`, `${second.id}\n${session.pane}\n`];
    await workbench.prefix('{');
    await expect.poll(order).toBe(back);
    const first = workbench.pane(session.pane);
    await first.header.getByRole('button', { name: 'Pane menu' }).click();
    await workbench.page.getByRole('menuitem', { name: 'Swap with' }).click();
    await workbench.page.getByRole('menu', { name: 'Swap with' }).getByRole('menuitem').click();
    await expect.poll(order).toBe(there);
  });
});
