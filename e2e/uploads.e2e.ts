import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page, Request } from '@playwright/test';
import { tempDir } from '#testing';
import { CuttableLink } from './fixtures/cuttable-link.ts';
import { expect, test, UPLOAD_MAX_BYTES } from './fixtures/with-files.ts';
import { FilePanel } from './pages/file-panel.ts';
import { Workbench } from './pages/workbench.ts';

const MEGABYTE = 1024 * 1024;

/** Makes sending slow enough to be seen on its way; null: as fast as it goes. */
async function uploadLimit(page: Page): Promise<(bytesPerSecond: number | null) => Promise<void>> {
  const devtools = await page.context().newCDPSession(page);
  return async (bytesPerSecond) => {
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytesPerSecond ?? -1,
    });
  };
}

/** Whether two files have the same bytes. */
async function isSame(one: string, other: string): Promise<boolean> {
  return (await readFile(one)).equals(await readFile(other));
}

/** Every request of an upload from now on, as `METHOD path`. */
function uploadRequests(page: Page): Request[] {
  const requests: Request[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/uploads')) requests.push(request);
  });
  return requests;
}

/** A file of this machine that no two bytes of look alike. */
async function largeFile(folder: string, bytes: number): Promise<string> {
  const path = join(folder, 'large.bin');
  const content = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += 4) content.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
  await writeFile(path, content);
  return path;
}

/** Waits until part of an upload has been sent. */
async function isUnderWay(panel: FilePanel, name: string): Promise<void> {
  await expect(panel.upload(name)).toHaveAttribute('data-status', 'sending');
  const progress = panel.upload(name).getByRole('progressbar');
  await expect.poll(async () => Number(await progress.getAttribute('value'))).toBeGreaterThan(2);
}

test.describe('an upload', () => {
  test('comes by drag and drop, or by the button', async ({
    workbench,
    panel,
    directory,
    page,
  }) => {
    await workbench.isLive();
    await panel.open();
    await panel.expand('Project', directory.name);
    await panel.drop(directory.name, { 'dropped.txt': 'dropped\n', '<b>bold.txt': 'bold\n' });
    await expect(panel.upload('dropped.txt')).toHaveAttribute('data-status', 'done');
    await expect(panel.upload('<b>bold.txt')).toHaveAttribute('data-status', 'done');
    await expect(panel.row('<b>bold.txt')).toBeVisible();
    expect(await readFile(join(directory.path, 'dropped.txt'), 'utf8')).toBe('dropped\n');

    await panel.row(directory.name).click();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      panel.root.getByTestId('upload-button').click(),
    ]);
    const buffer = Buffer.from('chosen');
    await chooser.setFiles({ name: 'chosen.txt', mimeType: 'text/plain', buffer });
    await expect(panel.upload('chosen.txt')).toHaveAttribute('data-status', 'done');
    await panel.root.getByRole('button', { name: 'Clear' }).click();
    await expect(panel.uploads).toHaveCount(0);
  });

  test('never replaces without being told to', async ({ workbench, panel, directory }) => {
    const path = join(directory.path, 'taken.txt');
    await writeFile(path, 'old');
    await workbench.isLive();
    await panel.open();
    await panel.expand('Project', directory.name);
    const decide = async (content: string, answer: string): Promise<void> => {
      await panel.drop(directory.name, { 'taken.txt': content });
      await panel.uploads.getByRole('button', { name: answer }).click();
      await expect(panel.uploads.getByRole('button', { name: answer })).toHaveCount(0);
    };
    await decide('skipped', 'Skip');
    await expect(panel.uploads).toHaveCount(0);
    expect(await readFile(path, 'utf8')).toBe('old');

    await decide('beside', 'Keep both');
    await expect(panel.upload('taken (2).txt')).toHaveAttribute('data-status', 'done');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readFile(join(directory.path, 'taken (2).txt'), 'utf8')).toBe('beside');

    await decide('new', 'Replace');
    await expect(panel.upload('taken.txt')).toHaveAttribute('data-status', 'done');
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  test('that is too large is not sent at all', async ({ workbench, panel, directory, page }) => {
    await workbench.isLive();
    await panel.open();
    await panel.expand('Project', directory.name);
    await using folder = await tempDir('tmuxy-upload-');
    const path = await largeFile(folder.path, UPLOAD_MAX_BYTES + 4);
    const requests = uploadRequests(page);
    await panel.sendByMenu(directory.name, path);
    await expect(panel.upload('large.bin')).toContainText('at most 24.0 MB are taken');
    expect(requests).toEqual([]);
  });

  test('can be paused, resumed and cancelled', async ({ workbench, panel, directory, page }) => {
    await workbench.isLive();
    await panel.open();
    await panel.expand('Project', directory.name);
    await using folder = await tempDir('tmuxy-upload-');
    const path = await largeFile(folder.path, 6 * MEGABYTE);
    const limitTo = await uploadLimit(page);
    await limitTo(MEGABYTE);
    await panel.sendByMenu(directory.name, path);
    await isUnderWay(panel, 'large.bin');
    await panel.upload('large.bin').getByRole('button', { name: 'Pause large.bin' }).click();
    await expect(panel.upload('large.bin')).toHaveAttribute('data-status', 'paused');
    await limitTo(null);
    await panel.upload('large.bin').getByRole('button', { name: 'Resume large.bin' }).click();
    await expect(panel.upload('large.bin')).toHaveAttribute('data-status', 'done');
    expect(await isSame(join(directory.path, 'large.bin'), path)).toBe(true);
    await panel.root.getByRole('button', { name: 'Clear' }).click();

    await limitTo(MEGABYTE);
    await panel.sendByMenu('Project', path);
    await isUnderWay(panel, 'large.bin');
    const [ended] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'DELETE'),
      panel.root.getByRole('button', { name: 'Cancel large.bin' }).click(),
    ]);
    expect((await ended.response())?.status()).toBe(204);
    await expect(panel.uploads).toHaveCount(0);
  });

  test('goes on where it was when the connection comes back', async ({
    browser,
    session,
    installation,
    directory,
  }) => {
    const link = await CuttableLink.to(installation.server.url);
    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    await using folder = await tempDir('tmuxy-upload-');
    try {
      const page = await context.newPage();
      const { hash } = new URL(await installation.server.freshLink());
      await page.goto(`${link.url}${hash}`);
      await expect(page.getByTestId('sessions')).toBeVisible();
      await new Workbench(page).open(link.url, session.name);
      const panel = new FilePanel(page);
      await panel.open();
      await panel.expand('Project', directory.name);
      const path = await largeFile(folder.path, 12 * MEGABYTE);
      const limitTo = await uploadLimit(page);
      await limitTo(2 * MEGABYTE);
      const requests = uploadRequests(page);
      await panel.sendByMenu(directory.name, path);
      await isUnderWay(panel, 'large.bin');
      link.cut();
      await expect(panel.upload('large.bin')).toHaveAttribute('data-status', 'interrupted');
      await expect(panel.upload('large.bin')).toContainText('goes on by itself');
      await limitTo(null);
      link.mend();
      await expect(panel.upload('large.bin')).toHaveAttribute('data-status', 'done');
      expect(await isSame(join(directory.path, 'large.bin'), path)).toBe(true);
      expect(requests.filter((request) => request.method() === 'POST')).toHaveLength(1);
    } finally {
      await context.close();
      await link.close();
    }
  });

  test('goes on after a reload when the same file is chosen again', async ({
    workbench,
    panel,
    directory,
    page,
  }) => {
    await workbench.isLive();
    await panel.open();
    await panel.expand('Project', directory.name);
    await using folder = await tempDir('tmuxy-upload-');
    const path = await largeFile(folder.path, 12 * MEGABYTE);
    const requests = uploadRequests(page);
    const limitTo = await uploadLimit(page);
    await limitTo(2 * MEGABYTE);
    await panel.sendByMenu(directory.name, path);
    await isUnderWay(panel, 'large.bin');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await workbench.isLive();
    await expect(panel.uploads).toHaveCount(0);
    expect(await readdir(directory.path)).toEqual([]);

    await panel.expand('Project', directory.name);
    await panel.sendByMenu(directory.name, path);
    await expect(panel.upload('large.bin')).toHaveAttribute('data-status', 'done');
    expect(await isSame(join(directory.path, 'large.bin'), path)).toBe(true);
    expect(requests.filter((request) => request.method() === 'POST')).toHaveLength(1);
  });
});

test('who may only look sees files, and no way to change them', async ({
  browser,
  installation,
  session,
  directory,
}) => {
  const password = 'correct horse battery';
  await installation.server.user(['add', 'vic', '--role', 'viewer', '--password-stdin'], password);
  await writeFile(join(directory.path, 'notes.txt'), 'to be read\n');
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  try {
    const page = await context.newPage();
    await page.goto(`${installation.server.url}sign-in?next=/s/${session.name}`);
    await page.getByLabel('User name').fill('vic');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await new Workbench(page).isLive();
    const panel = new FilePanel(page);
    await panel.open();
    await panel.expand('Project', directory.name);
    await panel.row('notes.txt').click();
    await expect(panel.preview).toContainText('to be read');
    await expect(panel.root.getByTestId('upload-button')).toHaveCount(0);
    await expect(panel.preview.getByRole('button', { name: 'Open in a pane' })).toHaveCount(0);
    await panel.row(directory.name).click({ button: 'right' });
    await expect(
      panel.menu.getByRole('menuitem', { name: 'Copy path', exact: true }),
    ).toBeVisible();
    for (const item of ['Upload here…', 'Open in a pane', 'Paste path into pane']) {
      await expect(panel.menu.getByText(item)).toHaveCount(0);
    }
    await page.keyboard.press('Escape');
    await panel.drop(directory.name, { 'forced.txt': 'x' });
    await expect(page.getByTestId('notice').filter({ hasText: 'Nothing was sent' })).toBeVisible();
    expect(await readdir(directory.path)).toEqual(['notes.txt']);
  } finally {
    await context.close();
  }
});
