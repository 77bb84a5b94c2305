import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { pressAndSee, seen } from '../page-probe.ts';
import { until } from '../process.ts';
import { PROMPT } from '../tmux.ts';
import type { PrivateTmux } from '../tmux.ts';

const LINE = 60;
/** Longest random pause between keys, so that they fall on every part of a frame. */
const PAUSE_MAX_MS = 40;

/** Milliseconds from each keydown. */
export interface Echoes {
  /** Until the key was to be seen. */
  readonly seen: readonly number[];
  /** Until the terminal had it from the server; later where the page foretold it. */
  readonly confirmed: readonly number[];
}

/**
 * Types into `cat` and takes the time in the page from each keydown event to the first rendering that
 * shows the key in the cell where it belongs.
 */
export async function typeKeys(page: Page, tmux: PrivateTmux, keys: number): Promise<Echoes> {
  await page.keyboard.type('clear; cat\n');
  await until(async () => (await tmux.display('#{pane_current_command}')) === 'cat', {
    what: 'cat to run',
  });
  const seenAfter: number[] = [];
  const confirmedAfter: number[] = [];
  let y = await beginningOfLine(tmux);
  for (let index = 0; index < keys; index += 1) {
    const x = index % LINE;
    if (x === 0 && index > 0) {
      await page.keyboard.press('Enter');
      // What was typed, and what cat made of it.
      y = await beginningOfLine(tmux, y + 2);
    }
    const character = String.fromCharCode(97 + (index % 26));
    const echo = await pressAndSee(page, character, { x, y, character });
    seenAfter.push(echo.sinceKey);
    confirmedAfter.push(echo.confirmedSinceKey);
    await setTimeout(Math.random() * PAUSE_MAX_MS);
  }
  await page.keyboard.press('Control+c');
  await tmux.shows(PROMPT);
  await page.keyboard.type('clear\n');
  await seen(page, { rows: [PROMPT, ''] });
  return { seen: seenAfter, confirmed: confirmedAfter };
}

/** The row of a cursor that stands at its beginning. */
async function beginningOfLine(tmux: PrivateTmux, row?: number): Promise<number> {
  let y = 0;
  await until(
    async () => {
      const [left, top] = (await tmux.display('#{cursor_x} #{cursor_y}')).split(' ').map(Number);
      y = top ?? 0;
      return left === 0 && (row === undefined || row === y);
    },
    { what: 'the cursor to begin a line' },
  );
  return y;
}
