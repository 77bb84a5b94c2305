import { expect, test } from './fixtures/test.ts';

const write = (text: string): string =>
  String.raw`printf '\033]52;c;${Buffer.from(text).toString('base64')}\a'`;

test.describe('clipboard', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('[G7] is written by programs only after the person agreed, once for the session', async ({
    workbench,
    session,
  }) => {
    const { page } = workbench;
    const read = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await page.evaluate(() => navigator.clipboard.writeText('before'));
    const pane = workbench.pane(session.pane);
    await pane.run(write('first\n'));
    const bar = page.getByTestId('clipboard-bar');
    await expect(bar).toContainText(`A program in “${session.name}”`);
    await expect(bar).toContainText('first␊');
    // Work goes on meanwhile.
    await pane.run('echo mean""while');
    await pane.shows(/^meanwhile$/m);
    expect(await read()).toBe('before');
    await bar.getByRole('button', { name: 'Allow for this session' }).click();
    await expect.poll(read).toBe('first\n');
    await expect(bar).toBeHidden();
    await pane.run(write('second'));
    await expect.poll(read).toBe('second');
    await expect(bar).toBeHidden();
  });

  test('[G7] stays as it is after never, which the view menu takes back', async ({
    workbench,
    session,
  }) => {
    const { page } = workbench;
    await page.evaluate(() => navigator.clipboard.writeText('before'));
    const pane = workbench.pane(session.pane);
    const bar = page.getByTestId('clipboard-bar');
    await pane.run(write('first'));
    await bar.getByRole('button', { name: 'Never' }).click();
    await pane.run(`${write('second')}; echo do""ne`);
    await pane.shows(/^done$/m);
    await expect(bar).toBeHidden();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('before');
    await page.getByRole('button', { name: 'View' }).click();
    await page.getByRole('menuitemradio', { name: 'Ask in this session' }).click();
    await pane.run(write('third'));
    await expect(bar).toContainText('third');
  });

  test('[G25] asks before it pastes lines that would run', async ({ workbench, session }) => {
    const { page } = workbench;
    const pane = workbench.pane(session.pane);
    await pane.paste('echo one\u001b[201~\r\necho t""wo\n');
    const dialog = page.getByTestId('paste-dialog');
    await expect(dialog).toContainText('2 lines');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await pane.run('echo nothing ""ran');
    await pane.shows(/^nothing ran$/m);
    expect(await pane.screen()).not.toContain('two');
    await pane.paste('echo t""wo\n');
    await dialog.getByRole('button', { name: 'Paste' }).click();
    await pane.shows(/^two$/m);
  });
});
