import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The list of all sessions. */
export class SessionsPage {
  readonly page: Page;
  readonly root: Locator;
  readonly rows: Locator;
  readonly newName: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByTestId('sessions');
    this.rows = page.getByTestId('session-row');
    this.newName = page.getByPlaceholder('Name a new session');
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await expect(this.root).toBeVisible();
  }

  row(name: string): Locator {
    return this.page.locator(`[data-testid="session-row"][data-name="${name}"]`);
  }

  async create(name: string): Promise<void> {
    await this.newName.fill(name);
    await this.page.getByRole('button', { name: 'Create' }).click();
  }
}
