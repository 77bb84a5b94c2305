import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, png, test } from './fixtures/with-files.ts';

/** A picture that says it has 65535 × 65535 pixels. */
const BOMB = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff', 'latin1');

/** One that ends after its header. */
const BROKEN = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10', 'latin1');

test.describe('the file panel', () => {
  test('is opened and closed by button, key and menu, and gives the keyboard back', async ({
    workbench,
    session,
    panel,
    page,
  }) => {
    const pane = workbench.pane(session.pane);
    await panel.open();
    await panel.button.click();
    await expect(panel.root).toBeHidden();
    await page.keyboard.type('echo typed here\n');
    await pane.shows(/^typed here$/m);

    await page.keyboard.press('Control+Shift+E');
    await expect(panel.tree.locator(':focus')).toHaveAttribute('role', 'treeitem');
    await page.keyboard.press('Control+Shift+E');
    await page.keyboard.type('echo and here\n');
    await pane.shows(/^and here$/m);
    await panel.root.getByRole('button', { name: 'Close the files' }).click();
    await expect(panel.root).toBeHidden();
    await page.keyboard.type('echo again\n');
    await pane.shows(/^again$/m);

    await pane.box.click({ button: 'right' });
    await workbench.menu.getByRole('menuitem', { name: /Files here/ }).click();
    await expect(panel.tree).toBeVisible();
    await page.reload();
    await workbench.isLive();
    await expect(panel.tree).toBeVisible();
  });

  test('shows the tree, by mouse and by keys', async ({ workbench, panel, directory, page }) => {
    await mkdir(join(directory.path, 'src', 'deep'), { recursive: true });
    await writeFile(join(directory.path, 'src', 'main.ts'), 'export {};\n');
    await writeFile(join(directory.path, 'notes.txt'), 'hello\n');
    await workbench.isLive();
    await panel.open();
    await panel.expand('Project', directory.name, 'src');
    await expect(panel.row('main.ts')).toContainText('11 bytes');
    await expect(panel.crumbs).toContainText(directory.name);

    await panel.row('src').click();
    await expect(panel.row('main.ts')).toBeHidden();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    await expect(panel.row('main.ts')).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(panel.row('src')).toBeFocused();
    await page.keyboard.type('not');
    await expect(panel.row('notes.txt')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(panel.preview).toContainText('hello');
    await page.keyboard.press('Home');
    await expect(panel.tree.locator(':focus')).toHaveAttribute('aria-posinset', '1');
    await panel.row('notes.txt').click({ button: 'right' });
    await expect(panel.menu).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel.row('notes.txt')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.locator('.xterm-helper-textarea').first()).toBeFocused();
  });

  test('follows the pane to its directory, and marks it', async ({
    workbench,
    session,
    panel,
    directory,
    page,
  }) => {
    await mkdir(join(directory.path, 'deep'));
    await panel.open();
    await workbench.pane(session.pane).run(`cd ${join(directory.path, 'deep')}`);
    await expect(panel.row('deep')).toContainText('pane');
    await expect(panel.row('deep')).toHaveAttribute('aria-selected', 'true');
    await panel.row('Project').click();
    await panel.root.getByRole('button', { name: 'Go to the pane’s directory' }).click();
    await expect(panel.row('deep')).toBeFocused();

    // What tmux tells of sizes is no reason to go anywhere.
    await panel.row(directory.name).click();
    await page.setViewportSize({ width: 1000, height: 700 });
    await expect
      .poll(async () => (await workbench.pane(session.pane).size()).cols)
      .toBeLessThan(90);
    await expect(panel.row(directory.name)).toHaveAttribute('aria-selected', 'true');
  });
});

test.describe('a file', () => {
  test('is shown as text, a step at a time, with nothing hidden', async ({
    workbench,
    panel,
    directory,
  }) => {
    const hidden = 'if (isAdmin\u202e) { \x1b[31m }\n';
    await writeFile(join(directory.path, 'trick.ts'), hidden);
    await writeFile(join(directory.path, 'long.log'), 'line of a log\n'.repeat(40_000));
    await workbench.isLive();
    await panel.open();
    await panel.expand('Project', directory.name);
    await panel.row('trick.ts').click();
    await expect(panel.preview).toContainText('if (isAdmin\\u{202e}) { ␛[31m }');

    await panel.row('long.log').click();
    const more = panel.preview.getByRole('button', { name: 'Show more' });
    await expect(panel.preview.locator('[data-number="1"]')).toHaveText('line of a log');
    await more.click();
    await expect(panel.preview).toContainText('34.9 KB more');
    await more.click();
    await expect(panel.preview.getByTestId('preview-facts')).toContainText('40,000 lines');
    await panel.preview.getByTestId('preview-text').press('Control+End');
    await expect(panel.preview.locator('[data-number="40000"]')).toBeVisible();
    await expect(more).toBeHidden();
  });

  test('is shown as a picture when its bytes are one, whatever its name', async ({
    workbench,
    panel,
    directory,
  }) => {
    await writeFile(join(directory.path, 'photo.html'), png(48, [79, 209, 161]));
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=\'owned\'"></svg>';
    await writeFile(join(directory.path, 'photo.png'), svg);
    await writeFile(join(directory.path, 'broken.png'), BROKEN);
    await writeFile(join(directory.path, 'bomb.png'), BOMB);
    await workbench.isLive();
    await panel.open();
    await panel.expand('Project', directory.name);
    await panel.row('photo.html').click();
    await expect(panel.preview.getByTestId('preview-facts')).toContainText('48 × 48 pixels');
    await panel.row('photo.png').click();
    await expect(panel.preview).toContainText(svg);
    await expect(panel.preview.locator('svg[onload]')).toHaveCount(0);
    await panel.row('broken.png').click();
    await expect(panel.preview).toContainText('The picture is damaged');
    await panel.row('bomb.png').click();
    await expect(panel.preview).toContainText('A picture of this size is not shown');
    await expect(panel.page).not.toHaveTitle(/owned/);
  });

  test('is downloaded as it is', async ({ workbench, panel, directory, page }) => {
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 256));
    await writeFile(join(directory.path, 'data.bin'), bytes);
    await workbench.isLive();
    await panel.open();
    await panel.expand('Project', directory.name);
    await panel.row('data.bin').click();
    await expect(panel.preview).toContainText('neither text nor a picture');
    const [byLink] = await Promise.all([
      page.waitForEvent('download'),
      panel.preview.getByTestId('download').click(),
    ]);
    expect(byLink.suggestedFilename()).toBe('data.bin');
    expect(bytes.equals(await readFile(await byLink.path()))).toBe(true);
    const [byMenu] = await Promise.all([
      page.waitForEvent('download'),
      panel.choose('data.bin', 'Download'),
    ]);
    expect(bytes.equals(await readFile(await byMenu.path()))).toBe(true);
  });
});

test.describe('names that are meant to hurt', () => {
  test('are text, and nothing else', async ({ workbench, panel, directory, page }) => {
    const names = [
      '<img src=x onerror=alert(1)>.txt',
      'two\nlines.txt',
      'photo\u202egnp.exe',
      "'; touch owned; '.txt",
      '$(touch owned).txt',
      '-rf',
    ];
    for (const name of names) await writeFile(join(directory.path, name), `in ${name}`);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await workbench.isLive();
    await panel.open();
    await panel.expand('Project', directory.name);
    for (const name of names) {
      await panel.row(name).click();
      await expect(panel.preview.getByTestId('preview-text')).toContainText('in ');
    }
    await expect(panel.row('photo\u202egnp.exe')).toContainText('photo\\u{202e}gnp.exe');
    await expect(panel.row('two\nlines.txt')).toContainText('two␊lines.txt');
    await expect(panel.root.locator('img')).toHaveCount(0);
    expect(dialogs).toEqual([]);
  });

  test('that are no UTF-8 are told apart and can be opened', async ({
    workbench,
    panel,
    directory,
  }) => {
    for (const byte of ['\xfe', '\xff']) {
      const path = Buffer.from(join(directory.path, `name-${byte}`), 'latin1');
      await mkdir(path);
      await writeFile(Buffer.concat([path, Buffer.from('/inside.txt')]), `below ${byte}`);
    }
    await workbench.isLive();
    await panel.open();
    await panel.expand('Project', directory.name);
    const both = panel.root.locator('[data-name="name-\ufffd"]');
    await expect(both).toHaveCount(2);
    const seen: string[] = [];
    for (const one of [both.first(), both.last()]) {
      await one.click();
      await panel.row('inside.txt').click();
      await expect(panel.preview.getByTestId('preview-text')).toContainText('below');
      seen.push((await panel.preview.getByTestId('preview-text').textContent()) ?? '');
      await panel.preview.getByRole('button', { name: 'Close preview' }).click();
      await one.click();
    }
    expect(seen.map((text) => text.trim()).sort()).toEqual(['below þ', 'below ÿ']);
    await both.first().click();
    await panel.choose('inside.txt', 'Paste path into pane');
    await expect(workbench.notices.filter({ hasText: 'no UTF-8' })).toBeVisible();
  });

  test('are typed into a pane as one word, or not at all', async ({
    workbench,
    session,
    panel,
    directory,
  }) => {
    const name = "it's; touch owned $(touch owned)";
    await mkdir(join(directory.path, name));
    await writeFile(join(directory.path, 'new\nline'), '');
    await panel.open();
    await panel.expand('Project', directory.name);
    const pane = workbench.pane(session.pane);
    await pane.type('echo ');
    await panel.choose(name, 'Paste path into pane');
    await expect(pane.box.locator('textarea')).toBeFocused();
    await pane.run('| wc -w; echo "$PWD"');
    await pane.shows(/^5$/m);
    await panel.choose('new\nline', 'Paste path into pane');
    await expect(workbench.notices.filter({ hasText: 'control characters' })).toBeVisible();

    await panel.choose(name, 'Open in a pane');
    await expect(workbench.panes).toHaveCount(2);
    const opened = await workbench.activePane();
    await expect
      .poll(async () => session.tmux('display-message', '-p', '#{pane_current_path}'))
      .toBe(`${join(directory.path, name)}\n`);
    await opened.run('ls -A | wc -l');
    await opened.shows(/^0$/m);
  });
});

test('a file is opened in a pane with the editor of the person', async ({
  workbench,
  session,
  panel,
  directory,
}) => {
  await writeFile(join(directory.path, 'to edit.txt'), 'words to be read\n');
  await session.tmux('set-environment', 'VISUAL', 'cat -n');
  await panel.open();
  await panel.expand('Project', directory.name);
  await panel.choose('to edit.txt', 'Open in a pane');
  await expect(workbench.panes).toHaveCount(2);
  const opened = await workbench.activePane();
  await opened.shows(/1\s+words to be read/);
  await expect(opened.box.locator('textarea')).toBeFocused();
});
