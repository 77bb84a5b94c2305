import { expect, test } from './fixtures/test.ts';
import { SessionsPage } from './pages/sessions-page.ts';
import { Workbench } from './pages/workbench.ts';

test.describe('the sessions page', () => {
  test('opens a session by its name', async ({ page, session, installation }) => {
    const sessions = new SessionsPage(page);
    await sessions.open(installation.server.url);
    await sessions.row(session.name).getByRole('link').click();
    const workbench = new Workbench(page);
    await workbench.isReady();
    await expect(page).toHaveURL(new RegExp(`/s/${session.name}$`));
    await workbench.page.keyboard.type('echo opened\n');
    await workbench.pane(session.pane).shows(/^opened$/m);
  });

  test('creates one, and says what is wrong with a name', async ({ page, installation }) => {
    const sessions = new SessionsPage(page);
    await sessions.open(installation.server.url);
    await sessions.create('a:b');
    await expect(page.getByRole('alert').filter({ hasText: 'Start with a letter' })).toBeVisible();
    await sessions.create('main');
    await expect(page.getByRole('alert').filter({ hasText: 'main' })).toBeVisible();
    const name = 'größer & besser'.replace(' &', '');
    await sessions.create(name);
    const workbench = new Workbench(page);
    await workbench.isLive();
    expect(await installation.tmux.run('list-sessions', '-F', '#S')).toContain(name);
    await (await workbench.activePane()).shows(/\$ *$/m);
    await installation.tmux.run('kill-session', '-t', `=${name}`);
  });

  test('renames one', async ({ page, session, installation }) => {
    const sessions = new SessionsPage(page);
    await sessions.open(installation.server.url);
    await sessions.row(session.name).getByRole('button', { name: 'Rename' }).click();
    const field = page.getByRole('textbox', { name: 'New name' });
    await field.fill(`${session.name} renamed`);
    await field.press('Enter');
    await expect(sessions.row(`${session.name} renamed`)).toBeVisible();
    await expect(sessions.row(session.name)).toHaveCount(0);
    await installation.tmux.run('kill-session', '-t', `=${session.name} renamed`);
  });

  test('kills one after a question', async ({ page, session, installation }) => {
    const sessions = new SessionsPage(page);
    await sessions.open(installation.server.url);
    const row = sessions.row(session.name);
    await row.getByRole('button', { name: 'Kill' }).click();
    await expect(row.getByRole('button', { name: 'Keep' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(row.getByRole('link')).toBeVisible();
    await row.getByRole('button', { name: 'Kill' }).click();
    await row.getByRole('button', { name: 'Kill', exact: true }).click();
    await expect(row).toHaveCount(0);
    expect(await installation.tmux.run('list-sessions', '-F', '#S')).not.toContain(session.name);
  });

  test('follows what other clients do', async ({ page, installation: { tmux, server } }) => {
    const sessions = new SessionsPage(page);
    await sessions.open(server.url);
    await tmux.startSession('from-outside');
    await expect(sessions.row('from-outside')).toBeVisible();
    await tmux.run('kill-session', '-t', '=from-outside');
    await expect(sessions.row('from-outside')).toHaveCount(0);
  });
});
