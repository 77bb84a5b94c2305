import { expect, test } from './fixtures/test.ts';
import type { TmuxSession } from './fixtures/test.ts';
import type { Workbench } from './pages/workbench.ts';

async function windowNames(session: TmuxSession): Promise<readonly string[]> {
  const list = await session.tmux('list-windows', '-F', '#{window_name}');
  return list.trim().split('\n');
}

/** Names of the windows, each given to one by another client. */
async function withWindows(
  workbench: Workbench,
  session: TmuxSession,
  names: readonly string[],
): Promise<void> {
  const [first = '', ...others] = names;
  await session.tmux('rename-window', first);
  for (const name of others) await session.tmux('new-window', '-d', '-n', name);
  await expect(workbench.tabs).toHaveCount(names.length);
}

test.describe('a window is made', () => {
  test('by prefix c, and by the button, with the keyboard in it', async ({
    workbench,
    session,
  }) => {
    await workbench.prefix('c');
    await expect(workbench.tabs).toHaveCount(2);
    await expect(workbench.tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
    await workbench.page.getByTestId('new-window').click();
    await expect(workbench.tabs).toHaveCount(3);
    await expect(workbench.tabs.nth(2)).toHaveAttribute('aria-selected', 'true');
    const pane = await workbench.activePane();
    expect(pane.id).not.toBe(session.pane);
    await pane.shows(/^\$/m);
    await workbench.page.keyboard.type('echo third\n');
    await pane.shows(/^third$/m);
  });
});

test.describe('the current window changes', () => {
  test('by tab, by key, and by another client, and shows its screen at once', async ({
    workbench,
    session,
  }) => {
    await withWindows(workbench, session, ['one', 'two', 'three']);
    await workbench.pane(session.pane).run('echo this is one');
    const current = workbench.tabs.and(workbench.page.locator('[aria-selected="true"]'));
    await workbench.tabs.filter({ hasText: 'two' }).click();
    await expect(current).toContainText('two');
    await expect.poll(() => session.tmux('display', '-p', '#W')).toBe('two\n');
    await workbench.page.keyboard.type('echo this is two\n');
    await (await workbench.activePane()).shows(/^this is two$/m);
    await workbench.prefix('n');
    await expect(current).toContainText('three');
    await workbench.prefix('0');
    await expect(current).toContainText('one');
    await expect(workbench.pane(session.pane).box).toBeVisible();
    await workbench.pane(session.pane).shows(/^this is one$/m);
    await workbench.prefix('p');
    await expect(current).toContainText('three');
    await workbench.prefix('l');
    await expect(current).toContainText('one');
    await session.tmux('select-window', '-n');
    await expect(current).toContainText('two');
  });

  test('by arrow keys and Enter in the tab list', async ({ workbench, session }) => {
    await withWindows(workbench, session, ['one', 'two']);
    await workbench.tabs.first().focus();
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.page.keyboard.press('Enter');
    await expect(workbench.tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
    await workbench.page.keyboard.type('echo typed\n');
    await (await workbench.activePane()).shows(/^typed$/m);
  });
});

test.describe('a window is renamed', () => {
  test('by a double click on its tab', async ({ workbench, session }) => {
    await workbench.tabs.dblclick();
    const field = workbench.tabs.getByRole('textbox', { name: 'Window name' });
    await field.fill('build & test');
    await field.press('Enter');
    await expect(workbench.tabs).toContainText('build & test');
    await expect.poll(() => windowNames(session)).toEqual(['build & test']);
    await workbench.page.keyboard.type('echo back\n');
    await workbench.pane(session.pane).shows(/^back$/m);
  });

  test('by prefix comma, which starts with the old name', async ({ workbench, session }) => {
    await session.tmux('rename-window', 'old');
    await expect(workbench.tabs).toContainText('old');
    await workbench.prefix(',');
    const field = workbench.page.getByTestId('prompt-input');
    await expect(field).toHaveValue('old');
    await field.press('End');
    await workbench.page.keyboard.type(' \'n "new" 100% ; {x}\n');
    await expect.poll(() => windowNames(session)).toEqual(['old \'n "new" 100% ; {x}']);
    await expect(workbench.tabs).toContainText('old \'n "new" 100% ; {x}');
  });

  test('not on Escape', async ({ workbench, session }) => {
    await session.tmux('rename-window', 'kept');
    await expect(workbench.tabs).toContainText('kept');
    await workbench.tabs.dblclick();
    await workbench.page.keyboard.type('other');
    await workbench.page.keyboard.press('Escape');
    await expect(workbench.tabs).toContainText('kept');
    await workbench.page.keyboard.type('echo back\n');
    await workbench.pane(session.pane).shows(/^back$/m);
    expect(await windowNames(session)).toEqual(['kept']);
  });
});

test.describe('a window is closed', () => {
  test('by the button of its tab, after a question', async ({ workbench, session }) => {
    await withWindows(workbench, session, ['one', 'two']);
    const two = workbench.tabs.filter({ hasText: 'two' });
    await two.hover();
    await two.getByRole('button', { name: 'Close window two' }).click();
    await expect(workbench.confirm).toContainText('two');
    await workbench.page.keyboard.press('y');
    await expect(workbench.tabs).toHaveCount(1);
    expect(await windowNames(session)).toEqual(['one']);
    await workbench.page.keyboard.type('echo still here\n');
    await workbench.pane(session.pane).shows(/^still here$/m);
  });

  test('by prefix &, and by another client', async ({ workbench, session }) => {
    await withWindows(workbench, session, ['one', 'two', 'three']);
    await workbench.prefix('&');
    await expect(workbench.confirm).toBeVisible();
    await workbench.page.keyboard.press('y');
    await expect(workbench.tabs).toHaveCount(2);
    await session.tmux('kill-window');
    await expect(workbench.tabs).toHaveCount(1);
    await expect(workbench.tabs).toContainText((await windowNames(session)).join());
  });
});

test('a tab is dragged to another place', async ({ workbench, session }) => {
  await withWindows(workbench, session, ['one', 'two', 'three']);
  const { page, tabs } = workbench;
  const [from, to] = [await tabs.nth(0).boundingBox(), await tabs.nth(2).boundingBox()];
  if (from === null || to === null) throw new Error('no tabs');
  await page.mouse.move(from.x + 20, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width - 4, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => windowNames(session)).toEqual(['two', 'three', 'one']);
  await expect(tabs.nth(2)).toContainText('one');
  await expect(tabs.nth(2)).toHaveAttribute('aria-selected', 'true');
});

test('a tab tells of a bell in a window that is not current', async ({
  workbench,
  session,
  installation: { tmux },
}) => {
  await withWindows(workbench, session, ['one', 'two']);
  const two = workbench.tabs.filter({ hasText: 'two' });
  await tmux.run('send-keys', '-t', `=${session.name}:two`, "printf '\\a'", 'Enter');
  await expect(two.getByTitle('Bell')).toBeVisible();
  await two.click();
  await expect(two.getByTitle('Bell')).toHaveCount(0);
});
