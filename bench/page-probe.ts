import type { Page } from '@playwright/test';
import type { Terminal } from '@xterm/xterm';

/** What is to be seen in the visible rows of the terminal. */
export type Wanted =
  /** A row that is exactly this, but for spaces at its end. */
  | { readonly row: string }
  /** This character in this cell. */
  | { readonly x: number; readonly y: number; readonly character: string }
  /** The first rows are exactly these. */
  | { readonly rows: readonly string[] };

/** What {@link installProbe} leaves in the page. */
interface Probe {
  /** Begins to wait; {@link Probe.seen} is its answer. */
  begin(wanted: Wanted, timeoutMs: number): void;
  seen: Promise<Seen>;
  isShown(wanted: Wanted): boolean;
  /** All lines, scrolled out ones too. */
  lines(): string[];
  size(): { cols: number; rows: number } | null;
}

/** When something was rendered, in milliseconds of the page's clock and of the machine's. */
export interface Seen {
  readonly sinceLoad: number;
  /** NaN when no key was pressed before. */
  readonly sinceKey: number;
  /** Until the terminal itself had it: later than seen where it was foretold. */
  readonly confirmedSinceKey: number;
  readonly at: number;
}

declare global {
  interface Window {
    benchTerminal(): Terminal | undefined;
    benchOverlay(): HTMLElement | null;
    bench: Probe;
  }
}

export const PATIENCE_MS = 120_000;

/** How a page shows a terminal, as JavaScript expressions of that page. */
export interface Shown {
  /** Its xterm, or undefined while there is none. */
  readonly terminal: string;
  /** The element that predicted characters are drawn in, where there is such a thing. */
  readonly overlay?: string;
}

/** Every page that is opened gets a probe. */
export async function addProbe(page: Page, { terminal, overlay }: Shown): Promise<void> {
  const find = `window.benchTerminal = () => ${terminal};
window.benchOverlay = () => ${overlay ?? 'null'};`;
  await page.addInitScript({ content: `${find} (${installProbe.toString()})();` });
}

/** Runs in the page, alone: it can use nothing of this module. */
function installProbe(): void {
  let keydownAt = Number.NaN;
  window.addEventListener('keydown', (event) => (keydownAt = event.timeStamp), { capture: true });

  const linesFrom = (first: number, count: number): string[] => {
    const buffer = window.benchTerminal()?.buffer.active;
    if (!buffer) return [];
    return Array.from({ length: count }, (_, y) =>
      (buffer.getLine(first + y)?.translateToString(true) ?? '').trimEnd(),
    );
  };
  /** What is drawn in a cell before the server said so: a span for each, as wide as a cell. */
  const foretold = (x: number, y: number): string | undefined => {
    const overlay = window.benchOverlay();
    const first = overlay?.querySelector('span');
    if (!overlay || overlay.hidden || !first) return undefined;
    const left = parseFloat(overlay.style.left) / parseFloat(first.style.width);
    const top = parseFloat(overlay.style.top) / parseFloat(overlay.style.height);
    if (Math.round(top) !== y) return undefined;
    return overlay.children[x - Math.round(left)]?.textContent;
  };
  const isForetold = (wanted: Wanted): boolean =>
    'character' in wanted && foretold(wanted.x, wanted.y) === wanted.character;
  const isShown = (wanted: Wanted): boolean => {
    const terminal = window.benchTerminal();
    if (!terminal) return false;
    const { baseY } = terminal.buffer.active;
    if ('character' in wanted) {
      const cell = terminal.buffer.active.getLine(baseY + wanted.y)?.getCell(wanted.x);
      return cell?.getChars() === wanted.character;
    }
    const rows = linesFrom(baseY, terminal.rows);
    if ('row' in wanted) return rows.includes(wanted.row);
    return wanted.rows.every((row, y) => rows[y] === row);
  };
  const watch = (wanted: Wanted, timeoutMs: number): Promise<Seen> =>
    new Promise((resolve, reject) => {
      let watched: Terminal | undefined;
      let subscription: { dispose(): void } | undefined;
      let seenAt = Number.NaN;
      const look = (): void => {
        const now = performance.now();
        const isConfirmed = isShown(wanted);
        if (Number.isNaN(seenAt) && (isConfirmed || isForetold(wanted))) seenAt = now;
        if (!isConfirmed) return;
        finish();
        resolve({
          sinceLoad: seenAt,
          sinceKey: seenAt - keydownAt,
          confirmedSinceKey: now - keydownAt,
          at: performance.timeOrigin + seenAt,
        });
      };
      // What is drawn above the terminal is seen with the next frame.
      const drawn = new MutationObserver(() => requestAnimationFrame(look));
      const overlay = window.benchOverlay();
      if (overlay) drawn.observe(overlay, { attributes: true, childList: true });
      // A terminal appears late, and may be replaced by another.
      const follow = (): void => {
        const terminal = window.benchTerminal();
        if (terminal === watched) return;
        subscription?.dispose();
        watched = terminal;
        subscription = terminal?.onRender(look);
        look();
      };
      const following = setInterval(follow, 10);
      const patience = setTimeout(() => {
        const rows = linesFrom(0, 200).filter((row) => row !== '');
        finish();
        reject(new Error(`not shown: ${JSON.stringify(wanted)} in ${rows.slice(-5).join(' | ')}`));
      }, timeoutMs);
      const finish = (): void => {
        clearInterval(following);
        clearTimeout(patience);
        drawn.disconnect();
        subscription?.dispose();
      };
      follow();
      look();
    });
  window.bench = {
    begin(wanted, timeoutMs) {
      this.seen = watch(wanted, timeoutMs);
      // Whoever asks for it hears of it.
      this.seen.catch(() => undefined);
    },
    seen: Promise.reject(new Error('nothing is watched')),
    isShown,
    lines: () => {
      const terminal = window.benchTerminal();
      return terminal ? linesFrom(0, terminal.buffer.active.baseY + terminal.rows) : [];
    },
    size: () => {
      const terminal = window.benchTerminal();
      return terminal ? { cols: terminal.cols, rows: terminal.rows } : null;
    },
  };
  window.bench.seen.catch(() => undefined);
}

/** Waits until it is shown. */
export async function seen(page: Page, wanted: Wanted, timeoutMs = PATIENCE_MS): Promise<Seen> {
  await begin(page, wanted, timeoutMs);
  return page.evaluate(async () => window.bench.seen);
}

/** Begins to look for something that an act of ours will bring; the answer is {@link awaitSeen}. */
export async function begin(page: Page, wanted: Wanted, timeoutMs = PATIENCE_MS): Promise<void> {
  await page.evaluate(
    ([what, patience]) => {
      window.bench.begin(what, patience);
    },
    [wanted, timeoutMs] as const,
  );
}

export async function awaitSeen(page: Page): Promise<Seen> {
  return page.evaluate(async () => window.bench.seen);
}

/** Presses a key and takes the time from the keydown event to the first rendering that shows it. */
export async function timeKey(
  page: Page,
  key: string,
  wanted: Wanted,
  timeoutMs = PATIENCE_MS,
): Promise<number> {
  await begin(page, wanted, timeoutMs);
  await page.keyboard.press(key);
  return (await awaitSeen(page)).sinceKey;
}

/** As {@link timeKey}, with all that is known of it. */
export async function pressAndSee(page: Page, key: string, wanted: Wanted): Promise<Seen> {
  await begin(page, wanted);
  await page.keyboard.press(key);
  return awaitSeen(page);
}
