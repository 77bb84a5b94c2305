import { expect, test } from './fixtures/test.ts';

test.describe('a link in the output', () => {
  test('opens after its real target was shown', async ({ workbench, session, context }) => {
    await context.route('http://example.invalid/**', (route) =>
      route.fulfill({ contentType: 'text/plain', body: 'elsewhere' }),
    );
    const pane = workbench.pane(session.pane);
    await pane.run('clear; echo see http://example.invalid/some/page');
    await pane.shows(/^see http/m);
    const row = (await pane.screen()).findIndex((text) => text.startsWith('see http'));
    const { x, y } = await pane.cell(10, row);
    await workbench.page.mouse.move(x, y);
    await workbench.page.mouse.click(x, y);
    const dialog = workbench.page.getByRole('dialog', { name: 'Open this link?' });
    await expect(dialog).toContainText('http://example.invalid/some/page');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    await workbench.page.keyboard.type('echo typing again\n');
    await pane.shows(/^typing again$/m);
    await workbench.page.mouse.move(x + 8, y);
    await workbench.page.mouse.click(x + 8, y);
    const opened = context.waitForEvent('page');
    await dialog.getByRole('button', { name: 'Open' }).click();
    const page = await opened;
    await expect(page).toHaveURL('http://example.invalid/some/page');
    expect(await page.evaluate(() => window.opener as unknown)).toBeNull();
  });
});

test.describe('the theme', () => {
  for (const [device, chosen, shown] of [
    ['light', null, 'light'],
    ['dark', null, 'dark'],
    ['dark', 'light', 'light'],
    ['light', 'dark', 'dark'],
  ] as const) {
    test(`is ${shown} from the first paint: device ${device}, chosen ${chosen ?? 'nothing'}`, async ({
      page,
      installation,
    }) => {
      await page.emulateMedia({ colorScheme: device });
      if (chosen !== null) {
        await page.addInitScript((theme) => {
          localStorage.setItem('tmuxy.theme', theme);
        }, chosen);
      }
      // Without the application: what the document alone says.
      await page.route(/main-[^/]*\.js$/, (route) => route.abort());
      await page.goto(installation.server.url);
      await expect(page.locator('html')).toHaveAttribute('data-theme', shown);
    });
  }

  test('is chosen in the view menu, for cells and chrome at once', async ({
    workbench,
    session,
  }) => {
    const background = (): Promise<string | undefined> =>
      workbench.page.evaluate(
        (id) => window.tmuxy?.terminals.get(id)?.options.theme?.background,
        session.pane,
      );
    const { page } = workbench;
    const choose = async (theme: string): Promise<void> => {
      await page.getByRole('button', { name: 'View' }).click();
      await page.getByRole('menuitemradio', { name: theme }).click();
    };
    const light = await background();
    await choose('Dark');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect.poll(background).not.toBe(light);
    await choose('Light');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await expect.poll(background).toBe(light);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  });
});
