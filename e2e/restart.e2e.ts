import { expect, test } from './fixtures/test.ts';
import { Workbench } from './pages/workbench.ts';

/** Signs a browser without cookies in and opens the first session. */
async function openMain(workbench: Workbench, link: string): Promise<void> {
  await workbench.page.goto(link);
  await expect(workbench.page.getByTestId('sessions')).toBeVisible();
  await workbench.open(link.replace(/#.*/, ''), 'main');
}

test.use({ storageState: { cookies: [], origins: [] } });

test.describe('a restart', () => {
  test('of the server keeps the screen, dimmed, and brings it back exactly', async ({
    page,
    ownInstallation: { server, tmux },
  }) => {
    const workbench = new Workbench(page);
    await openMain(workbench, server.link);
    const pane = await workbench.activePane();
    await pane.run('seq 1 100; echo before');
    await pane.shows(/^before\n\$$/m);
    const shown = await pane.screen();

    await server.halt();
    await expect(workbench.connection).toHaveAttribute('data-status', 'reconnecting');
    expect(await pane.screen()).toEqual(shown);
    await expect(workbench.connection).toHaveCSS('pointer-events', 'auto');
    await tmux.run('send-keys', '-t', 'main', 'echo mean""while', 'Enter');

    await server.resume();
    await workbench.isLive();
    await pane.shows(/^meanwhile\n\$$/m);
    const capture = await tmux.run('capture-pane', '-p', '-S', '-', '-t', 'main');
    const rows = capture
      .trimEnd()
      .split('\n')
      .map((row) => row.trimEnd());
    await expect
      .poll(async () => (await pane.scrollback()).join('\n').trimEnd().split('\n'))
      .toEqual(rows);
    await pane.run('echo af""ter');
    await pane.shows(/^after$/m);
  });

  test('of a killed server is as good', async ({ page, ownInstallation: { server } }) => {
    const workbench = new Workbench(page);
    await openMain(workbench, server.link);
    const pane = await workbench.activePane();
    await pane.run('echo be""fore');
    await pane.shows(/^before$/m);
    await server.halt('SIGKILL');
    await expect(workbench.connection).toHaveAttribute('data-status', 'reconnecting');
    await server.resume();
    await workbench.isLive();
    await pane.run('echo af""ter');
    await pane.shows(/^before\n\$ echo af""ter\nafter$/m);
  });

  test('of tmux is told, and the session comes back when it exists again', async ({
    page,
    ownInstallation: { server, tmux },
  }) => {
    const workbench = new Workbench(page);
    await openMain(workbench, server.link);
    await (await workbench.activePane()).run('echo old');
    await tmux.kill();
    await expect(workbench.connection).toHaveAttribute('data-status', 'tmux-lost');
    await expect(workbench.connection).toContainText('tmux is gone');
    expect((await fetch(new URL('api/health/live', server.url))).status).toBe(200);

    await tmux.startSession('main');
    await workbench.isLive();
    const pane = await workbench.activePane();
    await pane.shows(/^\$$/m);
    expect(await pane.screen()).not.toContain('old');
    await pane.run('echo new');
    await pane.shows(/^new$/m);
  });

  test('of tmux can be made from the page', async ({ page, ownInstallation: { server, tmux } }) => {
    const workbench = new Workbench(page);
    await openMain(workbench, server.link);
    await tmux.kill();
    await expect(workbench.connection).toHaveAttribute('data-status', 'tmux-lost');
    await page.getByRole('button', { name: 'Create “main”' }).click();
    await workbench.isLive();
    const pane = await workbench.activePane();
    await pane.run('echo made here');
    await pane.shows(/^made here$/m);
    expect(await tmux.run('list-sessions', '-F', '#S')).toBe('main\n');
  });
});
