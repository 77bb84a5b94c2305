import { expect, test } from './fixtures/test.ts';
import { RawClient } from './fixtures/raw-client.ts';
import { Workbench } from './pages/workbench.ts';

test.use({ storageState: { cookies: [], origins: [] } });

test.describe('account', () => {
  test('lists where one is signed in, and ends another browser at once', async ({
    page,
    browser,
    ownInstallation: { server },
  }) => {
    await page.goto(server.link);
    await expect(page.getByTestId('sessions')).toBeVisible();
    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    const other = await context.newPage();
    await other.goto(await server.freshLink());
    await expect(other.getByTestId('sessions')).toBeVisible();
    const workbench = new Workbench(other);
    await workbench.open(server.url, 'main');

    await page.getByTestId('identity').click();
    await page.getByRole('menuitem', { name: 'Account…' }).click();
    const list = page.getByTestId('sign-ins');
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await expect(list.getByText('this browser')).toHaveCount(1);
    await expect(list).toContainText('Chrome on');
    await list.getByRole('button', { name: /^End Chrome/ }).click();
    await expect(list.getByRole('listitem')).toHaveCount(1);

    await expect(other.getByTestId('sign-in')).toContainText('You were signed out');
    // It comes back to the same session afterwards.
    await other.getByLabel('Link or key').fill(await server.freshLink());
    await other.keyboard.press('Enter');
    await workbench.isLive();
    await expect(other).toHaveURL(`${server.url}s/main`);
    await context.close();
  });

  test('signs out everywhere', async ({ page, ownInstallation: { server } }) => {
    await page.goto(server.link);
    await page.getByTestId('identity').click();
    await page.getByRole('menuitem', { name: 'Account…' }).click();
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await expect(page.getByTestId('sign-in')).toContainText('You were signed out');
    expect((await page.request.get(`${server.url}api/sessions`)).status()).toBe(401);
  });

  test('makes an access token, shows it once, and revokes it', async ({
    page,
    ownInstallation: { server },
  }) => {
    await page.goto(server.link);
    await page.getByTestId('identity').click();
    await page.getByRole('menuitem', { name: 'Account…' }).click();
    const tokens = page.getByTestId('access-tokens');
    await tokens.getByRole('button', { name: 'New access token…' }).click();
    await tokens.getByLabel('Name').fill('nightly');
    await tokens.getByLabel('At most').selectOption('viewer');
    await tokens.getByLabel('Sessions').fill('main, build-*');
    await tokens.getByRole('button', { name: 'Create' }).click();
    const created = tokens.getByTestId('created-token');
    const token = await created.locator('code').innerText();
    await expect(tokens.getByRole('listitem')).toContainText('main, build-*');
    const ask = async (): Promise<number> =>
      (
        await new RawClient(server.url).send('GET', 'api/me', {
          headers: { Authorization: `Bearer ${token}` },
        })
      ).status;
    expect(await ask()).toBe(200);
    await created.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText(token)).toHaveCount(0);
    await tokens.getByRole('button', { name: 'Revoke nightly' }).click();
    await expect(tokens.getByText('None yet')).toBeVisible();
    expect(await ask()).toBe(401);
  });
});
