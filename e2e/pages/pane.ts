import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { PaneId } from '#dto';
import { readScreen, readScrollback } from './terminal.ts';

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

/** One pane on screen, as a person at the keyboard knows it. */
export class Pane {
  readonly id: PaneId;
  readonly box: Locator;
  readonly header: Locator;
  readonly #page: Page;

  constructor(page: Page, id: PaneId) {
    this.id = id;
    this.#page = page;
    this.box = page.locator(`[data-testid="pane"][data-pane="${id}"]`);
    this.header = this.box.getByTestId('pane-header');
  }

  /** Clicks into its middle, which gives it the keyboard. */
  async focus(): Promise<void> {
    await this.box.locator('.xterm-screen').click();
  }

  /** Types with the pane's keyboard focus; `\n` is Enter. */
  async type(text: string): Promise<void> {
    await this.#input.focus();
    await this.#page.keyboard.type(text);
  }

  /** Presses keys by Playwright's names, one after another. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#input.focus();
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** Types a shell command and Enter. */
  run(command: string): Promise<void> {
    return this.type(`${command}\n`);
  }

  /** Pastes as the browser does: a paste event at the focused terminal. */
  async paste(text: string): Promise<void> {
    await this.#input.evaluate((input, data) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', data);
      const init = { clipboardData, bubbles: true, cancelable: true };
      input.dispatchEvent(new ClipboardEvent('paste', init));
    }, text);
  }

  /** The rows of its terminal's screen (wherever it is scrolled to), without trailing blanks. */
  screen(): Promise<readonly string[]> {
    return readScreen(this.#page, this.id);
  }

  /** History and screen: one text per row, without trailing blanks. */
  scrollback(): Promise<readonly string[]> {
    return readScrollback(this.#page, this.id);
  }

  /**
   * Waits until a row of the screen holds, or matches, this. What is typed before the shell asks for it is
   * echoed first, and the answer then stands behind the prompt: a row counts with and without prompts.
   */
  async shows(text: string | RegExp): Promise<void> {
    await expect
      .poll(async () => withAndWithoutPrompts(await this.screen()), { message: `pane ${this.id}` })
      .toMatch(typeof text === 'string' ? new RegExp(RegExp.escape(text)) : text);
  }

  /** Waits until its program has asked for the mouse, and the terminal here knows. */
  async followsMouse(): Promise<void> {
    const mode = (): Promise<string | undefined> =>
      this.#page.evaluate(
        (id) => window.tmuxy?.terminals.get(id)?.modes.mouseTrackingMode,
        this.id,
      );
    await expect.poll(mode).toBe('drag');
  }

  /** Where a cell's middle is on the page, in pixels; counted from 0. */
  async cell(col: number, row: number): Promise<{ readonly x: number; readonly y: number }> {
    const box = await this.screenBox();
    const { cols, rows } = await this.size();
    return {
      x: box.x + ((col + 0.5) * box.width) / cols,
      y: box.y + ((row + 0.5) * box.height) / rows,
    };
  }

  /** Where its cells are on the page, in pixels. */
  async screenBox(): Promise<Box> {
    const box = await this.box.locator('.xterm-screen').boundingBox();
    if (box === null) throw new Error(`pane ${this.id} is not visible`);
    return box;
  }

  /** Its terminal's size in cells. */
  async size(): Promise<{ readonly cols: number; readonly rows: number }> {
    const size = await this.#page.evaluate((id) => {
      const terminal = window.tmuxy?.terminals.get(id);
      return terminal && { cols: terminal.cols, rows: terminal.rows };
    }, this.id);
    if (size === undefined) throw new Error(`there is no terminal of pane ${this.id}`);
    return size;
  }

  get #input(): Locator {
    return this.box.locator('.xterm-helper-textarea');
  }
}

function withAndWithoutPrompts(rows: readonly string[]): string {
  const bare = rows.map((row) => row.replace(/^(?:\$ )+/, ''));
  return (bare.join() === rows.join() ? rows : [...rows, ...bare]).join('\n');
}
