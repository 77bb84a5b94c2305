import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OidcProvider, tempDir } from '#testing';
import { expect, test as base } from './fixtures/test.ts';
import { Installation } from './fixtures/installation.ts';

const test = base.extend<{ readonly withProvider: Installation }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the dependencies off this pattern
  withProvider: async ({}, use) => {
    // On localhost, while tmuxy is on 127.0.0.1: two sites, so that Strict cookies stay away on the way back.
    const provider = await OidcProvider.start({
      clientId: 'tmuxy',
      redirectUris: ['http://127.0.0.1/api/sign-in/oidc/callback'],
      accounts: {
        ana: { preferred_username: 'ana', groups: ['ops'] },
        eve: { preferred_username: 'eve', groups: ['guests'] },
      },
    });
    const dir = await tempDir('tmuxy-oidc-');
    const file = join(dir.path, 'tmuxy.yaml');
    const oidc = {
      issuer: provider.issuer,
      clientId: 'tmuxy',
      label: 'Example',
      scopes: ['openid', 'profile', 'groups'],
    };
    const groups = [{ group: 'ops', role: 'operator' }];
    // JSON is YAML.
    await writeFile(file, JSON.stringify({ oidc, groups }), { mode: 0o600 });
    try {
      const installation = await Installation.start(['--config', file]);
      try {
        await use(installation);
      } finally {
        await installation.stop();
      }
    } finally {
      await provider.stop();
      await dir.remove();
    }
  },
});

test.use({ storageState: { cookies: [], origins: [] } });

test('signs in over the provider and comes back to the session asked for', async ({
  page,
  withProvider: { server },
}) => {
  await page.goto(`${server.url}s/main`);
  await page.getByRole('link', { name: 'Sign in with Example' }).click();
  await page.getByLabel('Account').fill('ana');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(`${server.url}s/main`);
  const me = await page.evaluate(async () => (await fetch('api/me')).json() as Promise<unknown>);
  expect(me).toEqual({ name: 'ana', role: 'operator', readOnly: false });
  const cookies = await page.context().cookies(server.url);
  expect(cookies).toEqual([expect.objectContaining({ httpOnly: true, sameSite: 'Strict' })]);
});

test('says why nobody was signed in', async ({ page, withProvider: { server } }) => {
  await page.goto(server.url);
  await page.getByRole('link', { name: 'Sign in with Example' }).click();
  await page.getByLabel('Account').fill('eve');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/sign-in\?error=oidc-no-role$/);
  await expect(page.getByRole('alert')).toBeVisible();
  const status = await page.evaluate(async () => (await fetch('api/me')).status);
  expect(status).toBe(401);
});
