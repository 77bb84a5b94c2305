/** What a key does in the browser's copy mode. */
export type CopyAction =
  | { readonly kind: 'move'; readonly by: CopyMove }
  | { readonly kind: 'select' | 'copy' | 'leave' | 'next' | 'previous' }
  | { readonly kind: 'prompt'; readonly direction: 'up' | 'down' };

export type CopyMove =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'half-up'
  | 'half-down'
  | 'top'
  | 'bottom'
  | 'line-start'
  | 'line-end';

const MOVES: Readonly<Record<string, CopyMove>> = {
  Up: 'up',
  k: 'up',
  Down: 'down',
  j: 'down',
  Left: 'left',
  h: 'left',
  Right: 'right',
  l: 'right',
  PPage: 'page-up',
  'C-b': 'page-up',
  NPage: 'page-down',
  'C-f': 'page-down',
  'C-u': 'half-up',
  'C-d': 'half-down',
  g: 'top',
  G: 'bottom',
  Home: 'line-start',
  '0': 'line-start',
  End: 'line-end',
  $: 'line-end',
};

const OTHERS: Readonly<Record<string, CopyAction>> = {
  v: { kind: 'select' },
  Space: { kind: 'select' },
  y: { kind: 'copy' },
  Enter: { kind: 'copy' },
  q: { kind: 'leave' },
  Escape: { kind: 'leave' },
  'C-c': { kind: 'leave' },
  n: { kind: 'next' },
  N: { kind: 'previous' },
  '/': { kind: 'prompt', direction: 'down' },
  '?': { kind: 'prompt', direction: 'up' },
};

/** The action of the first of `names` (tmux's key names) that has one. */
export function copyAction(names: readonly string[]): CopyAction | null {
  for (const name of names) {
    const by = MOVES[name];
    if (by !== undefined) return { kind: 'move', by };
    const other = OTHERS[name];
    if (other !== undefined) return other;
  }
  return null;
}

/** A place in a terminal's buffer, in cells; `y` counts from the first line of history. */
export interface BufferPoint {
  readonly x: number;
  readonly y: number;
}

/** What bounds a move, in cells. `lines` counts history and screen. */
export interface BufferSize {
  readonly cols: number;
  readonly rows: number;
  readonly lines: number;
}

/** Where a move leads; never outside the buffer. `lineEnd` is the column of a line's last character. */
export function moveBy(
  from: BufferPoint,
  move: CopyMove,
  size: BufferSize,
  lineEnd: (y: number) => number,
): BufferPoint {
  const line = (y: number): BufferPoint => ({
    x: from.x,
    y: Math.min(size.lines - 1, Math.max(0, y)),
  });
  switch (move) {
    case 'up':
      return line(from.y - 1);
    case 'down':
      return line(from.y + 1);
    case 'left':
      return { x: Math.max(0, from.x - 1), y: from.y };
    case 'right':
      return { x: Math.min(size.cols - 1, from.x + 1), y: from.y };
    case 'page-up':
    case 'page-down':
    case 'half-up':
    case 'half-down':
      return line(from.y + scrollOf(move, size.rows));
    case 'top':
      return line(0);
    case 'bottom':
      return line(size.lines - 1);
    case 'line-start':
      return { x: 0, y: from.y };
    case 'line-end':
      return { x: lineEnd(from.y), y: from.y };
  }
}

/** Lines that the view scrolls with the cursor (tmux: window_copy_pageup1); 0 for other moves. */
export function scrollOf(move: CopyMove, rows: number): number {
  const page = Math.max(1, rows - 2);
  const half = Math.max(1, Math.floor(rows / 2));
  switch (move) {
    case 'page-up':
      return -page;
    case 'page-down':
      return page;
    case 'half-up':
      return -half;
    case 'half-down':
      return half;
    default:
      return 0;
  }
}

/** The cells from one point to another, both included, as xterm's `select` takes them. */
export function spanOf(
  a: BufferPoint,
  b: BufferPoint,
  cols: number,
): { readonly x: number; readonly y: number; readonly length: number } {
  const [first, last] = a.y < b.y || (a.y === b.y && a.x <= b.x) ? [a, b] : [b, a];
  return { ...first, length: (last.y - first.y) * cols + last.x - first.x + 1 };
}
