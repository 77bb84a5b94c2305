import { expect, test as base } from './fixtures/test.ts';
import { Installation } from './fixtures/installation.ts';
import { Workbench } from './pages/workbench.ts';

const test = base.extend<{ readonly below: Installation }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the dependencies off this pattern
  below: async ({}, use) => {
    const installation = await Installation.start(['--base-path', '/tmux']);
    try {
      await use(installation);
    } finally {
      await installation.stop();
    }
  },
});

test.use({ storageState: { cookies: [], origins: [] } });

test('everything works below a base path, and nothing answers beside it', async ({
  page,
  below: { server },
}) => {
  const { origin } = new URL(server.url);
  const outside: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith('/tmux/')) outside.push(request.url());
  });
  expect(server.url).toMatch(/\/tmux\/?$/);
  await page.goto(server.link);
  await expect(page.getByTestId('sessions')).toBeVisible();
  await page.locator('[data-testid="session-row"][data-name="main"]').getByRole('link').click();
  const workbench = new Workbench(page);
  await workbench.isLive();
  await expect(page).toHaveURL(`${origin}/tmux/s/main`);
  const pane = await workbench.activePane();
  await pane.run('echo below');
  await pane.shows(/^below$/m);
  await page.reload();
  await workbench.isLive();
  await pane.shows(/^below$/m);
  const [cookie] = await page.context().cookies();
  expect(cookie?.path).toBe('/tmux');
  expect(outside.filter((url) => !url.endsWith('/tmux'))).toEqual([]);
  expect((await page.request.get(`${origin}/api/sessions`)).status()).toBe(404);
  expect((await page.request.get(`${origin}/tmux/api/sessions`)).status()).toBe(200);
});
