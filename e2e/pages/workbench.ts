import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { PaneId, WindowId } from '#dto';
import { Pane } from './pane.ts';

/** The page of one session. */
export class Workbench {
  readonly page: Page;
  readonly root: Locator;
  /** Panes of the current window. */
  readonly panes: Locator;
  readonly tabs: Locator;
  readonly borders: Locator;
  readonly statusBar: Locator;
  /** The overlay that says how the session is connected: `data-status`. */
  readonly connection: Locator;
  readonly notices: Locator;
  readonly prompt: Locator;
  readonly confirm: Locator;
  readonly menu: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByTestId('workbench');
    this.panes = page.getByTestId('pane').filter({ visible: true });
    this.tabs = page.getByTestId('window-tab');
    this.borders = page.getByTestId('border');
    this.statusBar = page.getByTestId('status-bar');
    this.connection = page.getByTestId('connection');
    this.notices = page.getByTestId('notice');
    this.prompt = page.getByTestId('prompt');
    this.confirm = page.getByTestId('confirm');
    this.menu = page.getByTestId('context-menu');
  }

  /** Opens a session and waits until it is live and its shell has a prompt. */
  async open(url: string, session: string): Promise<void> {
    await this.page.goto(new URL(`s/${encodeURIComponent(session)}`, url).href);
    await this.isLive();
    await (await this.activePane()).shows(/^\$/m);
  }

  async isLive(): Promise<void> {
    await expect(this.connection).toHaveAttribute('data-status', 'live');
  }

  pane(id: PaneId): Pane {
    return new Pane(this.page, id);
  }

  tab(id: WindowId): Locator {
    return this.page.locator(`[data-testid="window-tab"][data-window="${id}"]`);
  }

  /** The pane that keys go to. */
  async activePane(): Promise<Pane> {
    const id = await this.panes
      .and(this.page.locator('[data-active="true"]'))
      .getAttribute('data-pane');
    return this.pane(id as PaneId);
  }

  /** Types a tmux command line after `prefix :`. */
  async commandLine(text: string): Promise<void> {
    await this.prefix(':');
    const input = this.prompt.getByTestId('prompt-input');
    await expect(input).toBeFocused();
    await input.fill(text);
    await input.press('Enter');
    await expect(this.prompt).toBeHidden();
  }

  /** tmux's prefix, then these keys (Playwright's names), one after another. */
  async prefix(...keys: readonly string[]): Promise<void> {
    for (const key of ['Control+b', ...keys]) await this.page.keyboard.press(key);
  }
}
