import { expect } from '@playwright/test';
import type { TmuxSession } from '../fixtures/test.ts';
import type { Pane } from './pane.ts';

/**
 * Waits until a pane's history and screen end in the browser as they do in tmux, row by row, as many rows as
 * both have: a full history loses a tenth at once in tmux (grid.c, grid_collect_history), and line by line in
 * the browser.
 *
 * @param atLeast rows that both have to have
 */
export async function hasSameHistory(
  pane: Pane,
  session: TmuxSession,
  { atLeast = 0, timeout }: { readonly atLeast?: number; readonly timeout?: number } = {},
): Promise<void> {
  await expect(async () => {
    const [ours, tmux] = await Promise.all([
      pane.scrollback(),
      session.capture(pane.id, 'with-history'),
    ]);
    const count = Math.min(ours.length, tmux.length);
    expect(ours.slice(-count)).toEqual(tmux.slice(-count));
    expect(count).toBeGreaterThanOrEqual(atLeast);
  }).toPass(timeout === undefined ? {} : { timeout });
}
