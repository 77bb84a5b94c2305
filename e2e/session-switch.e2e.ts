import { expect, test } from './fixtures/test.ts';
import type { Workbench } from './pages/workbench.ts';

/** Waits until this session is the one on screen, and live. */
async function shows(workbench: Workbench, session: string): Promise<void> {
  await expect(workbench.page).toHaveURL(new RegExp(`/s/${encodeURIComponent(session)}$`));
  await workbench.isReady();
  await expect(workbench.page.getByRole('button', { name: 'Menu and sessions' })).toHaveText(
    session,
  );
}

test.describe('another session is opened', () => {
  test('from the menu, and the browser goes back', async ({ workbench, session }) => {
    await workbench.pane(session.pane).run('echo here');
    await workbench.pane(session.pane).shows(/^here$/m);
    await workbench.page.getByRole('button', { name: 'Menu and sessions' }).click();
    await workbench.page.getByRole('menuitem', { name: /^main/ }).click();
    await shows(workbench, 'main');
    await expect(workbench.pane(session.pane).box).toHaveCount(0);
    await workbench.page.goBack();
    await shows(workbench, session.name);
    await workbench.pane(session.pane).shows(/^here$/m);
    await workbench.page.keyboard.type('echo typed\n');
    await workbench.pane(session.pane).shows(/^typed$/m);
  });

  test('by prefix s, with a filter', async ({ workbench }) => {
    await workbench.prefix('s');
    const dialog = workbench.page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await workbench.page.keyboard.type('main');
    await workbench.page.keyboard.press('Enter');
    await shows(workbench, 'main');
  });

  test('by prefix ) and (', async ({ workbench, session, installation: { tmux } }) => {
    const names = (await tmux.run('list-sessions', '-F', '#S')).trim().split('\n').sort();
    const next = names[(names.indexOf(session.name) + 1) % names.length] ?? '';
    await workbench.prefix(')');
    await shows(workbench, next);
    await (await workbench.activePane()).shows(/\$/);
    await workbench.prefix('(');
    await shows(workbench, session.name);
  });

  test('by prefix d: none, the list of all', async ({ workbench }) => {
    await workbench.prefix('d');
    await expect(workbench.page.getByTestId('sessions')).toBeVisible();
  });
});

test('prefix w chooses a window', async ({ workbench, session }) => {
  await session.tmux('rename-window', 'first');
  await session.tmux('new-window', '-n', 'second');
  await expect(workbench.tabs).toHaveCount(2);
  await workbench.prefix('w');
  await expect(workbench.page.getByRole('dialog')).toContainText('second');
  await workbench.page.keyboard.type('first');
  await workbench.page.keyboard.press('Enter');
  await expect(workbench.tabs.first()).toHaveAttribute('aria-selected', 'true');
  await workbench.page.keyboard.type('echo chosen\n');
  await workbench.pane(session.pane).shows(/^chosen$/m);
});

test.describe('the session on screen', () => {
  test('keeps its address when it is renamed', async ({ workbench, session, installation }) => {
    await workbench.prefix('$');
    await expect(workbench.page.getByTestId('prompt-input')).toHaveValue(session.name);
    await workbench.page.getByTestId('prompt-input').fill('new name');
    await workbench.page.keyboard.press('Enter');
    await shows(workbench, 'new name');
    await workbench.page.keyboard.type('echo on\n');
    await workbench.pane(session.pane).shows(/^on$/m);
    await workbench.page.reload();
    await workbench.isLive();
    await installation.tmux.run('kill-session', '-t', '=new name');
  });

  test('says when another client kills it, and starts again', async ({ workbench, session }) => {
    await workbench.pane(session.pane).run('echo last words');
    await workbench.pane(session.pane).shows(/^last words$/m);
    await session.tmux('kill-session');
    await expect(workbench.connection).toHaveAttribute('data-status', 'ended');
    await workbench.page.getByRole('button', { name: `Create “${session.name}”` }).click();
    await workbench.isLive();
    const pane = await workbench.activePane();
    expect(pane.id).not.toBe(session.pane);
    await pane.shows(/\$/);
  });

  test('is killed from the menu after a question', async ({ workbench, session, installation }) => {
    await workbench.page.getByRole('button', { name: 'Menu and sessions' }).click();
    await workbench.page.getByRole('menuitem', { name: 'Kill session' }).click();
    await expect(workbench.confirm).toContainText(session.name);
    await workbench.page.keyboard.press('y');
    await expect(workbench.connection).toHaveAttribute('data-status', 'ended');
    expect(await installation.tmux.run('list-sessions', '-F', '#S')).not.toContain(session.name);
    await workbench.page.getByRole('button', { name: 'All sessions' }).click();
    await expect(workbench.page.getByTestId('sessions')).toBeVisible();
  });
});
