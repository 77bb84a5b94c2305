import type { Page } from '@playwright/test';
import type { Terminal } from '@xterm/xterm';
import type { PaneId } from '#dto';

declare global {
  interface Window {
    /** What the page publishes for tests and assistive tools. */
    readonly tmuxy?: { readonly terminals: ReadonlyMap<PaneId, Terminal> };
  }
}

/** The rows that a pane's terminal shows now, without trailing blanks; empty when there is none. */
export function readScreen(page: Page, pane: PaneId): Promise<readonly string[]> {
  return page.evaluate((id) => {
    const terminal = window.tmuxy?.terminals.get(id);
    if (!terminal) return [];
    const { active } = terminal.buffer;
    return Array.from({ length: terminal.rows }, (_, row) => {
      const line = active.getLine(active.viewportY + row);
      return line?.translateToString(true).trimEnd() ?? '';
    });
  }, pane);
}

/** All rows that a pane's terminal holds, history first, without trailing blanks. */
export function readScrollback(page: Page, pane: PaneId): Promise<readonly string[]> {
  return page.evaluate((id) => {
    const active = window.tmuxy?.terminals.get(id)?.buffer.active;
    return Array.from({ length: active?.length ?? 0 }, (_, row) => {
      return active?.getLine(row)?.translateToString(true).trimEnd() ?? '';
    });
  }, pane);
}
