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

  /** Opens a session and waits until it is live, its shell has a prompt and the terminal the keyboard. */
  async open(url: string, session: string): Promise<void> {
    await this.page.goto(new URL(`s/${encodeURIComponent(session)}`, url).href);
    await this.isReady();
    await (await this.activePane()).shows(/^\$/m);
  }

  async isLive(): Promise<void> {
    await expect(this.connection).toHaveAttribute('data-status', 'live');
  }

  /** Live, and drawn: until its font is there, a page has no terminal that keys could go to. */
  async isReady(): Promise<void> {
    await this.isLive();
    await expect(this.page.locator('.xterm-helper-textarea:focus')).toBeAttached();
  }

  /**
   * Waits until tmux has made a session of one pane as large as this browser, its driver. Until then a
   * picture in the new size may take the place of what the terminal shows.
   */
  async isSized(): Promise<void> {
    const pane = await this.activePane();
    const room = this.page.locator('app-pane-grid');
    await expect(async () => {
      const [all, box] = await Promise.all([room.boundingBox(), pane.screenBox()]);
      const { cols, rows } = await pane.size();
      expect((all?.width ?? 0) - box.width).toBeLessThan(box.width / cols);
      // One row more is its header.
      expect((all?.height ?? 0) - box.height).toBeLessThan((2 * box.height) / rows);
    }).toPass();
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

  /** Types a tmux command line after `prefix :`, and waits until tmux has run it. */
  async commandLine(text: string): Promise<void> {
    await this.prefix(':');
    const input = this.prompt.getByTestId('prompt-input');
    await expect(input).toBeFocused();
    await input.fill(text);
    const answered = this.page.waitForResponse(
      (response) => response.request().postData()?.includes(JSON.stringify(text)) === true,
    );
    await input.press('Enter');
    await answered;
    await expect(this.prompt).toBeHidden();
  }

  /** tmux's prefix, then these keys (Playwright's names), one after another. */
  async prefix(...keys: readonly string[]): Promise<void> {
    for (const key of ['Control+b', ...keys]) await this.page.keyboard.press(key);
  }
}
