import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../tools/setup/prepare.mjs';
import { expect, test } from './fixtures/test.ts';
import { AuditPage } from './pages/audit-page.ts';
import { Workbench } from './pages/workbench.ts';
import { COLOR_SCHEMES } from './pages/color-schemes.ts';

/** Git-ignored, and emptied by Playwright at each start. */
const FOLDER = join(ROOT, 'test-results/screens');
const PHONE = { width: 360, height: 740 };
const SIGNED_OUT = { cookies: [], origins: [] };

const COLORS = String.raw`clear; for i in 0 1 2 3 4 5 6 7; do printf "\033[3${'$'}{i}m colour \033[4${'$'}{i};97m %s \033[0m\n" $i; done; ls -l --color=always /usr | head -8`;

test.beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true });
});

for (const colorScheme of COLOR_SCHEMES) {
  test.describe(`every screen, ${colorScheme}`, () => {
    test.use({ colorScheme });

    /** Takes a picture, and sees that nothing makes the page scroll sideways. */
    async function picture(page: Page, name: string): Promise<void> {
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${name} is wider than the window`).toBe(0);
      await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) });
    }

    test('sign-in', async ({ browser, installation: { server } }) => {
      const context = await browser.newContext({ storageState: SIGNED_OUT, colorScheme });
      const page = await context.newPage();
      await page.goto(server.url);
      await expect(page.getByTestId('sign-in')).toBeVisible();
      await picture(page, 'sign-in');
      await page.goto(`${server.url}#key=used-up-or-wrong`);
      await expect(page.getByRole('alert')).toBeVisible();
      await picture(page, 'sign-in-used');
      await page.setViewportSize(PHONE);
      await picture(page, 'sign-in-phone');
      await context.close();
    });

    test('sessions', async ({ page, installation: { server, tmux }, session }) => {
      await tmux.startSession(`deploy-${colorScheme}`);
      await page.goto(server.url);
      const row = page.locator(`[data-name="${session.name}"]`);
      await expect(row).toBeVisible();
      await picture(page, 'sessions');
      await row.getByRole('button', { name: 'Rename' }).click();
      await expect(row.getByRole('textbox')).toBeFocused();
      await picture(page, 'sessions-rename');
      await page.keyboard.press('Escape');
      await row.getByRole('button', { name: 'Kill' }).click();
      await expect(row.getByRole('alertdialog')).toBeVisible();
      await picture(page, 'sessions-kill');
      await page.setViewportSize(PHONE);
      await picture(page, 'sessions-phone');
      await tmux.run('kill-session', '-t', `deploy-${colorScheme}`);
    });

    test('workbench', async ({ workbench, session, page }) => {
      await session.tmux('rename-window', 'editor');
      await session.tmux('new-window', '-d', '-n', 'logs');
      await session.tmux('new-window', '-d', '-n', 'database');
      const editor = workbench.pane(session.pane);
      await picture(page, 'workbench-one-pane');
      await editor.run('seq -f "const row%g = [1, 2]; // a row" 1 300 > rows.ts');
      await editor.run("vim -u NONE -n -c 'syntax on' -c 'set number' rows.ts");
      await editor.shows(/const row1 /);
      await session.tmux('split-window', '-h', '-l', '45%');
      await expect(workbench.panes).toHaveCount(2);
      await (await workbench.activePane()).run(COLORS);
      await (await workbench.activePane()).shows('colour  7');
      await session.tmux('split-window', '-v', '-l', '35%');
      await expect(workbench.panes).toHaveCount(3);
      await (await workbench.activePane()).run('echo "$(uname -s) $(uname -m)"');
      await (await workbench.activePane()).shows(/^Linux/m);
      await picture(page, 'workbench');
      if (colorScheme === 'dark' && process.env['UPDATE_SCREENSHOTS'] === '1') {
        await page.screenshot({ path: join(ROOT, 'docs/images/workbench.png') });
      }
      await workbench.prefix('z');
      await expect(workbench.panes).toHaveCount(1);
      await picture(page, 'workbench-zoomed');
    });

    test('workbench on a phone', async ({ browser, signIn, session, installation: { server } }) => {
      const phone = { viewport: PHONE, hasTouch: true, isMobile: true };
      const context = await browser.newContext({ storageState: signIn, colorScheme, ...phone });
      const page = await context.newPage();
      const workbench = new Workbench(page);
      await workbench.open(server.url, session.name);
      await expect.poll(async () => (await workbench.pane(session.pane).size()).cols).toBe(45);
      await workbench.pane(session.pane).run(COLORS);
      await workbench.pane(session.pane).shows('colour  7');
      await expect(page.getByTestId('key-bar')).toBeVisible();
      await picture(page, 'workbench-phone');
      await session.tmux('split-window', '-v');
      await expect(workbench.panes).toHaveCount(2);
      await (await workbench.activePane()).shows(/^\$/m);
      await picture(page, 'workbench-phone-split');
      await workbench.panes.first().getByRole('button', { name: 'Pane menu' }).tap();
      await expect(workbench.menu).toBeVisible();
      await picture(page, 'pane-menu-phone');
      await context.close();
    });

    test('menus, prompts and dialogs', async ({ workbench, session, page }) => {
      await session.tmux('split-window', '-h');
      await expect(workbench.panes).toHaveCount(2);
      const pane = workbench.pane(session.pane);
      await pane.focus();
      await pane.run('seq 1 300');
      await pane.shows(/^300$/m);

      await workbench.prefix();
      await expect(workbench.statusBar).toContainText('waiting for a key');
      await picture(page, 'prefix-armed');
      await page.keyboard.press('[');
      await expect(workbench.statusBar).toContainText('copy mode');
      await page.keyboard.type('?25\n');
      await picture(page, 'copy-mode');
      await page.keyboard.press('q');

      const dialogs = [
        [':', 'prompt', workbench.prompt],
        ['x', 'confirm', workbench.confirm],
        ['w', 'choose-window', page.getByRole('dialog')],
        ['s', 'choose-session', page.getByRole('dialog')],
        ['?', 'keys', page.getByRole('dialog')],
        ['q', 'pane-numbers', page.getByRole('dialog')],
      ] as const;
      for (const [key, name, dialog] of dialogs) {
        await workbench.prefix(key);
        await expect(dialog).toBeVisible();
        await picture(page, name);
        await page.keyboard.press('Escape');
        await expect(dialog).toBeHidden();
      }

      await pane.box.click({ button: 'right' });
      await expect(workbench.menu).toBeVisible();
      await picture(page, 'pane-menu');
      await page.keyboard.press('Escape');
      await workbench.tabs.first().click({ button: 'right' });
      await expect(workbench.menu).toBeVisible();
      await picture(page, 'window-menu');
      await page.keyboard.press('Escape');
      for (const [button, name] of [
        ['View', 'view-menu'],
        ['Menu and sessions', 'session-menu'],
      ] as const) {
        await page.getByRole('button', { name: button }).click();
        await expect(page.getByRole('menu')).toBeVisible();
        await picture(page, name);
        await page.keyboard.press('Escape');
      }
      await workbench.commandLine('no-such-command');
      await expect(page.getByText(/unknown command/)).toBeVisible();
      await picture(page, 'error');
    });

    test('a second viewer', async ({
      workbench,
      session,
      installation: { server },
      browser,
      signIn,
    }) => {
      await workbench.pane(session.pane).run(COLORS);
      const context = await browser.newContext({ storageState: signIn, colorScheme });
      const page = await context.newPage();
      await page.setViewportSize({ width: 900, height: 600 });
      const viewer = new Workbench(page);
      await viewer.open(server.url, session.name);
      await expect(page.getByTestId('take-driver')).toBeVisible();
      await picture(page, 'viewer');
      await page.setViewportSize(PHONE);
      await picture(page, 'viewer-phone');
      await context.close();
    });

    test('the audit log', async ({ browser, ownInstallation: { server } }) => {
      const password = 'correct horse battery';
      await server.user(['add', 'vic', '--role', 'viewer', '--password-stdin'], password);
      const context = await browser.newContext({ storageState: SIGNED_OUT, colorScheme });
      const page = await context.newPage();
      await page.goto(server.url);
      await page.getByLabel('User name').fill('vic');
      await page.getByLabel('Password', { exact: true }).fill('wrong horse battery');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('alert')).toBeVisible();
      await page.goto(server.link);
      await expect(page.getByTestId('sessions')).toBeVisible();
      const workbench = new Workbench(page);
      await workbench.open(server.url, 'main');
      await (await workbench.activePane()).run('echo typed');
      await workbench.commandLine('split-window -h ; rename-window "release notes"');
      await expect(workbench.panes).toHaveCount(2);
      await workbench.commandLine('kill-window -t nowhere');
      await expect(workbench.notices.first()).toBeVisible();

      const audit = new AuditPage(page);
      const widths = [
        ['', { width: 1440, height: 900 }],
        ['-tablet', { width: 768, height: 1024 }],
        ['-phone', PHONE],
      ] as const;
      await audit.open(`${server.url}audit`);
      for (const [suffix, size] of widths) {
        await page.setViewportSize(size);
        await expect(audit.rowsWith('split-window -h')).toBeVisible();
        await picture(page, `audit${suffix}`);
        await audit.rowsWith('kill-window').first().click();
        await expect(audit.details).toContainText('Outcome');
        await picture(page, `audit-details${suffix}`);
        await page.keyboard.press('Escape');
        await expect(audit.details).toHaveCount(0);
        await page.getByRole('button', { name: 'Verify…' }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await picture(page, `audit-verify${suffix}`);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toBeHidden();
      }
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByLabel('Verdict').selectOption('failed');
      await expect(audit.rowsWith('split-window')).toHaveCount(0);
      await expect(audit.rowsWith('kill-window')).toHaveCount(1);
      await picture(page, 'audit-filters-phone');
      await page.setViewportSize({ width: 1440, height: 900 });
      await picture(page, 'audit-filters');
      await context.close();
    });

    test('users, what they may do, and what programs ask for', async ({
      browser,
      ownInstallation: { server },
    }) => {
      const password = 'correct horse battery';
      await server.user(['add', 'ana', '--role', 'operator', '--password-stdin'], password);
      await server.user(['add', 'vic', '--role', 'viewer', '--password-stdin'], password);
      const context = await browser.newContext({ storageState: SIGNED_OUT, colorScheme });
      const page = await context.newPage();
      await page.route('**/api/sign-in', async (route) => {
        if (route.request().method() !== 'GET') return route.continue();
        return route.fulfill({ json: { password: true, oidc: { label: 'Company' } } });
      });
      const signIn = async (name: string, typed: string): Promise<void> => {
        await page.getByLabel('User name').fill(name);
        await page.getByLabel('Password', { exact: true }).fill(typed);
        await page.keyboard.press('Enter');
      };
      await page.goto(`${server.url}sign-in?next=/s/main&reason=expired`);
      await expect(page.getByLabel('User name')).toBeVisible();
      await picture(page, 'sign-in-password');
      await signIn('ana', 'wrong');
      await expect(page.getByRole('alert')).toBeVisible();
      await page.getByText('With a link from the server').click();
      await picture(page, 'sign-in-wrong');
      await page.setViewportSize(PHONE);
      await picture(page, 'sign-in-password-phone');
      await page.setViewportSize({ width: 1280, height: 800 });
      await signIn('ana', password);
      const workbench = new Workbench(page);
      await workbench.isLive();
      const pane = await workbench.activePane();
      const base64 = Buffer.from('kubectl delete ns production\n').toString('base64');
      await pane.run(String.raw`clear; printf '\033]52;c;${base64}\a'`);
      await expect(page.getByRole('button', { name: 'Never' })).toBeEnabled();
      await picture(page, 'clipboard-bar');
      await page.setViewportSize(PHONE);
      await picture(page, 'clipboard-bar-phone');
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByRole('button', { name: 'Never' }).click();
      await pane.paste('for i in 1 2 3; do\n\techo $i\ndone\n');
      await expect(page.getByRole('dialog')).toBeVisible();
      await picture(page, 'paste-lines');
      await page.keyboard.press('Escape');
      await workbench.commandLine('kill-server');
      await expect(workbench.notices.first()).toBeVisible();
      await picture(page, 'denied');
      await page.getByTestId('identity').click();
      await expect(page.getByRole('menu')).toBeVisible();
      await picture(page, 'identity-menu');
      await page.getByRole('menuitem', { name: 'Account…' }).click();
      await expect(page.getByTestId('sign-ins').getByRole('listitem')).toHaveCount(1);
      await page.getByRole('button', { name: 'New access token…' }).click();
      await picture(page, 'account');
      await page.getByLabel('Name').fill('nightly');
      await page.getByRole('button', { name: 'Create' }).click();
      await expect(page.getByTestId('created-token')).toBeVisible();
      await picture(page, 'account-token');
      await page.setViewportSize(PHONE);
      await picture(page, 'account-phone');
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.keyboard.press('Escape');
      await page.getByTestId('identity').click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.goto(`${server.url}sign-in?next=/s/main`);
      await signIn('vic', password);
      await expect(page.getByTestId('read-only')).toBeVisible();
      await workbench.isLive();
      await picture(page, 'read-only');
      await page.goto(server.url);
      await expect(page.getByText('You may only look')).toBeVisible();
      await picture(page, 'sessions-read-only');
      await context.close();
    });

    test('no such session', async ({ page, installation: { server } }) => {
      await page.goto(new URL('s/nowhere', server.url).href);
      await expect(page.getByTestId('connection')).toContainText('No session');
      await picture(page, 'no-session');
    });

    test('lost connections', async ({ browser, ownInstallation: { server, tmux } }) => {
      const context = await browser.newContext({ storageState: SIGNED_OUT, colorScheme });
      const page = await context.newPage();
      await page.goto(server.link);
      await expect(page.getByTestId('sessions')).toBeVisible();
      const workbench = new Workbench(page);
      await workbench.open(server.url, 'main');
      await (await workbench.activePane()).run(COLORS);
      await (await workbench.activePane()).shows('colour  7');
      await tmux.kill();
      await expect(workbench.connection).toContainText('tmux is gone');
      await picture(page, 'tmux-lost');
      await server.halt();
      await expect(workbench.connection).toContainText('Connection lost');
      await picture(page, 'reconnecting');
      await page.setViewportSize(PHONE);
      await picture(page, 'reconnecting-phone');
      await server.resume();
      await page.goto(server.url);
      await expect(page.getByText('tmux is not running')).toBeVisible();
      await picture(page, 'sessions-no-tmux');
      await context.close();
    });
  });
}
