import { expect, test } from './fixtures/test.ts';
import { Workbench } from './pages/workbench.ts';

test.use({ storageState: { cookies: [], origins: [] } });

test.describe('sign-in', () => {
  test('by link, which leaves no key in the address or history', async ({ page, installation }) => {
    const link = await installation.server.freshLink();
    await page.goto(link);
    await expect(page.getByTestId('sessions')).toBeVisible();
    expect(page.url()).toBe(installation.server.url);
    const cookies = await page.context().cookies();
    expect(cookies).toEqual([expect.objectContaining({ httpOnly: true, sameSite: 'Strict' })]);
    await page.reload();
    await expect(page.getByTestId('sessions')).toBeVisible();
  });

  test('works once for each link, and says what to do then', async ({
    page,
    browser,
    installation,
  }) => {
    const link = await installation.server.freshLink();
    await page.goto(link);
    await expect(page.getByTestId('sessions')).toBeVisible();
    const other = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    const stranger = await other.newPage();
    await stranger.goto(link);
    await expect(stranger.getByRole('alert')).toContainText('already used');
    await expect(stranger.getByText('tmuxy link')).toBeVisible();
    // The link it asks for, pasted into the field.
    await stranger.getByLabel('Link or key').fill(await installation.server.freshLink());
    await stranger.getByRole('button', { name: 'Sign in' }).click();
    await expect(stranger.getByTestId('sessions')).toBeVisible();
    await other.close();
  });

  test('by the key alone, and not by nonsense', async ({ page, installation }) => {
    await page.goto(installation.server.url);
    await expect(page.getByTestId('sign-in')).toBeVisible();
    const field = page.getByLabel('Link or key');
    await field.fill('http://example.org/ nothing here');
    await field.press('Enter');
    await expect(page.getByRole('alert')).toContainText('neither a sign-in link nor a key');
    await field.fill('0123456789abcdef');
    await field.press('Enter');
    await expect(page.getByRole('alert')).toContainText('already used or is too old');
    const key = (await installation.server.freshLink()).replace(/.*#key=/, '');
    await field.fill(key);
    await field.press('Enter');
    await expect(page.getByTestId('sessions')).toBeVisible();
  });

  test('leads to the session that was asked for', async ({ page, installation, session }) => {
    await page.goto(`${installation.server.url}s/${session.name}`);
    await expect(page.getByTestId('sign-in')).toBeVisible();
    await page.getByLabel('Link or key').fill(await installation.server.freshLink());
    await page.keyboard.press('Enter');
    const workbench = new Workbench(page);
    await workbench.isLive();
    await expect(page).toHaveURL(`${installation.server.url}s/${session.name}`);
  });

  test('ends with sign-out, in every tab', async ({ page, context, installation, session }) => {
    await page.goto(await installation.server.freshLink());
    await expect(page.getByTestId('sessions')).toBeVisible();
    const workbench = new Workbench(await context.newPage());
    await workbench.open(installation.server.url, session.name);
    await page.getByTestId('identity').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByTestId('sign-in')).toBeVisible();
    // The other tab's stream ends with the sign-in.
    await expect(workbench.page.getByText('Sign in').first()).toBeVisible();
    await page.goto(installation.server.url);
    await expect(page.getByTestId('sign-in')).toBeVisible();
    expect((await page.request.get(`${installation.server.url}api/sessions`)).status()).toBe(401);
  });

  test('that is gone in the middle of work leads back to it', async ({
    page,
    installation,
    session,
  }) => {
    await page.goto(await installation.server.freshLink());
    await expect(page.getByTestId('sessions')).toBeVisible();
    await page.context().clearCookies();
    const row = page.locator(`[data-testid="session-row"][data-name="${session.name}"]`);
    await expect(row.or(page.getByTestId('sign-in')).first()).toBeVisible();
    await page.goto(`${installation.server.url}s/${session.name}`);
    await expect(page.getByTestId('sign-in')).toBeVisible();
    await page.getByLabel('Link or key').fill(await installation.server.freshLink());
    await page.keyboard.press('Enter');
    await new Workbench(page).isLive();
  });
});

test.describe('sign-in with a password', () => {
  const PASSWORD = 'correct horse battery';

  test('leads to the session that was asked for, and says what was wrong', async ({
    page,
    ownInstallation: { server },
  }) => {
    await server.user(['add', 'ana', '--role', 'operator', '--password-stdin'], PASSWORD);
    await page.goto(`${server.url}s/main`);
    await page.getByLabel('User name').fill('ana');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('do not fit together');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await new Workbench(page).isLive();
    await expect(page).toHaveURL(`${server.url}s/main`);
    await page.getByTestId('identity').click();
    await expect(page.getByRole('menu')).toContainText('ana · operator');
  });

  test('[F11] that loses its rights only looks from then on, within a moment', async ({
    page,
    ownInstallation: { server },
  }) => {
    await server.user(['add', 'ana', '--role', 'operator', '--password-stdin'], PASSWORD);
    await page.goto(`${server.url}s/main`);
    await page.getByLabel('User name').fill('ana');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    const workbench = new Workbench(page);
    await workbench.isLive();
    await (await workbench.activePane()).run('echo be""fore');
    await (await workbench.activePane()).shows(/^before$/m);
    await server.user(['set', 'ana', '--role', 'viewer']);
    await expect(page.getByTestId('read-only')).toBeVisible();
    await workbench.isLive();
    // Read-only at once; why, the page knows when it is connected anew.
    await expect(async () => {
      await (await workbench.activePane()).type('x');
      const why = workbench.notices.filter({ hasText: 'viewer' }).first();
      await expect(why).toBeVisible({ timeout: 500 });
    }).toPass();
    await server.user(['disable', 'ana']);
    await expect(page.getByTestId('sign-in')).toBeVisible();
  });
});
