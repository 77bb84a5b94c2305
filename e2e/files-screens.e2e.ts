import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../tools/setup/prepare.mjs';
import { expect, png, test } from './fixtures/with-files.ts';
import { COLOR_SCHEMES } from './pages/color-schemes.ts';

/** Git-ignored, and emptied by Playwright at each start. */
const FOLDER = join(ROOT, 'test-results/screens');
const SIZES = [
  { width: 1440, height: 900 },
  { width: 768, height: 900 },
  { width: 360, height: 740 },
] as const;
/** Narrower than this the panel is a sheet over the panes (files/file-panel.css). */
const SHEET_PX = 720;

test.beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true });
});

for (const colorScheme of COLOR_SCHEMES) {
  test.describe(`the file panel, ${colorScheme}`, () => {
    test.use({ colorScheme });

    /** Takes a picture, and sees that nothing makes the page scroll sideways. */
    async function picture(page: Page, name: string): Promise<void> {
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${name} is wider than the window`).toBe(0);
      await page.screenshot({ path: join(FOLDER, `files-${name}-${colorScheme}.png`) });
    }

    for (const size of SIZES) {
      test(`at ${size.width} pixels`, async ({ workbench, panel, directory, session, page }) => {
        const source = join(directory.path, 'src');
        await mkdir(source);
        const text = Array.from({ length: 80 }, (_, at) => `export const row${at} = ${at};\n`);
        await writeFile(join(source, 'rows.ts'), text.join(''));
        await writeFile(join(directory.path, 'photo.png'), png(256, [79, 209, 161]));
        await writeFile(join(directory.path, '<img src=x onerror=alert(1)>.txt'), 'text');
        await writeFile(join(directory.path, 'photo\u202egnp.exe'), Buffer.alloc(3_000_000));
        await symlink('/etc/passwd', join(directory.path, 'passwd'));
        const name = (screen: string): string => `${screen}-${size.width}`;
        const closes = size.width > SHEET_PX ? 'Close preview' : 'Back to the files';
        await workbench.pane(session.pane).run(`cd ${directory.path}; clear`);
        await page.setViewportSize(size);
        await panel.open();
        // The panel follows the pane and opens its directory by itself: a click might close it again.
        await panel.expand('src');
        await picture(page, name('tree'));
        await panel.row('rows.ts').click();
        await expect(panel.preview).toContainText('row79');
        await picture(page, name('text'));
        if (size.width > SHEET_PX) {
          await panel.preview.getByRole('button', { name: 'Enlarge the preview' }).click();
          await picture(page, name('large'));
        }
        await panel.preview.getByRole('button', { name: closes }).click();
        await panel.row('photo.png').click();
        await expect(panel.preview.getByTestId('preview-facts')).toContainText('256 × 256');
        await picture(page, name('picture'));
        await panel.preview.getByRole('button', { name: closes }).click();
        await panel.row('src').click({ button: 'right' });
        await expect(panel.menu).toBeVisible();
        await picture(page, name('menu'));
        await page.keyboard.press('Escape');
        await panel.drop(directory.name, { 'photo.png': 'taken', 'new.txt': 'new' });
        await expect(panel.upload('photo.png')).toHaveAttribute('data-status', 'asking');
        await expect(panel.upload('new.txt')).toHaveAttribute('data-status', 'done');
        await picture(page, name('uploads'));
      });
    }
  });
}
