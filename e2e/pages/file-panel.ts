import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The files beside the panes. */
export class FilePanel {
  readonly page: Page;
  readonly button: Locator;
  readonly root: Locator;
  readonly tree: Locator;
  readonly crumbs: Locator;
  readonly preview: Locator;
  readonly menu: Locator;
  readonly uploads: Locator;

  constructor(page: Page) {
    this.page = page;
    this.button = page.getByTestId('files-button');
    this.root = page.getByTestId('file-panel');
    this.tree = this.root.getByRole('tree');
    this.crumbs = this.root.getByTestId('crumbs');
    this.preview = this.root.getByTestId('file-preview');
    this.menu = page.getByTestId('file-menu');
    this.uploads = this.root.getByTestId('upload');
  }

  /** Opens it by its button in the header. */
  async open(): Promise<void> {
    await this.button.click();
    await expect(this.tree.locator(':focus')).toBeVisible();
  }

  /** The row of a name, exactly as the server tells it. */
  row(name: string): Locator {
    return this.root.locator(`[data-testid="file-row"][data-name="${cssText(name)}"]`).first();
  }

  /** Opens directories, one in another; those that are open stay so. */
  async expand(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await expect(this.row(name)).toBeVisible();
      if ((await this.row(name).getAttribute('aria-expanded')) === 'false') {
        await this.row(name).click();
      }
      await expect(this.row(name)).toHaveAttribute('aria-expanded', 'true');
    }
  }

  /** Chooses an item of a row's menu. */
  async choose(name: string, item: string): Promise<void> {
    await this.row(name).click({ button: 'right' });
    await this.menu.getByRole('menuitem', { name: item, exact: true }).click();
  }

  /** Drops files on a row, as a file manager would. */
  async drop(name: string, files: Readonly<Record<string, string>>): Promise<void> {
    await this.row(name).evaluate((row, contents) => {
      const dataTransfer = new DataTransfer();
      for (const [file, content] of Object.entries(contents)) {
        dataTransfer.items.add(new File([content], file));
      }
      const init = { dataTransfer, bubbles: true, cancelable: true };
      row.dispatchEvent(new DragEvent('dragover', init));
      row.dispatchEvent(new DragEvent('drop', init));
    }, files);
  }

  /** Chooses a file of this machine for a directory. */
  async sendByMenu(name: string, path: string): Promise<void> {
    const [chooser] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      this.choose(name, 'Upload here…'),
    ]);
    await chooser.setFiles(path);
  }

  upload(name: string): Locator {
    return this.uploads.and(this.page.locator(`[data-name="${cssText(name)}"]`));
  }
}

/** Between quotes of a selector: what would end it, or the line, as its code point. */
function cssText(text: string): string {
  return text.replace(/["\\\n]/g, (character) => `\\${character.charCodeAt(0).toString(16)} `);
}
