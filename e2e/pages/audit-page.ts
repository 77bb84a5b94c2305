import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The audit log. */
export class AuditPage {
  readonly page: Page;
  readonly root: Locator;
  readonly rows: Locator;
  readonly search: Locator;
  readonly details: Locator;
  readonly live: Locator;
  readonly newRows: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByTestId('audit');
    this.rows = page.getByTestId('audit-row');
    this.search = page.getByRole('searchbox');
    this.details = page.getByTestId('audit-details');
    this.live = page.getByTestId('live');
    this.newRows = page.getByTestId('audit-new');
  }

  /** By its address, once it is live. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await expect(this.live).toHaveText('Live');
  }

  /** As people get there: by the menu of their name. */
  async openByMenu(): Promise<void> {
    await this.page.getByTestId('identity').click();
    await this.page.getByRole('menuitem', { name: 'Audit log' }).click();
    await expect(this.live).toHaveText('Live');
  }

  /** Rows with all these texts in them. */
  rowsWith(...texts: readonly string[]): Locator {
    return texts.reduce((rows, hasText) => rows.filter({ hasText }), this.rows);
  }

  /** Searches for a text, and waits until the address has it. */
  async searchFor(text: string): Promise<void> {
    await this.search.fill(text);
    await this.search.press('Enter');
    await expect(this.page).toHaveURL((url) => (url.searchParams.get('q') ?? '') === text);
  }
}
