import type { CellBox, LayoutNode, PaneId } from '#dto';

/** A pane's place in a window's grid, in cells. */
export interface PaneBox extends CellBox {
  readonly pane: PaneId;
}

/** How dragging a border becomes `resize-pane`: the pane's new size is `size + sign × moved cells`. */
export interface BorderDrag {
  readonly pane: PaneId;
  /** The pane's present columns (vertical border) or rows (horizontal border). */
  readonly size: number;
  readonly sign: 1 | -1;
}

/** The one-cell gap between two neighbours of a split, in cells. */
export interface Border extends CellBox {
  /** Of the line itself: a vertical one moves left and right. */
  readonly orientation: 'vertical' | 'horizontal';
  /** Null when no single `resize-pane` moves this border and no other. */
  readonly drag: BorderDrag | null;
}

type SplitType = 'left-right' | 'top-bottom';

/** Every pane of a layout, in tmux's order. */
export function paneBoxes(node: LayoutNode): readonly PaneBox[] {
  if (node.type !== 'pane') return node.children.flatMap(paneBoxes);
  const { pane, left, top, cols, rows } = node;
  return [{ pane, left, top, cols, rows }];
}

/** Every border of a layout, outer splits first. */
export function borders(node: LayoutNode): readonly Border[] {
  if (node.type === 'pane') return [];
  const type = node.type;
  const own = node.children.slice(1).map((after, i): Border => {
    const before = node.children[i] ?? after;
    const isLast = i === node.children.length - 2;
    const drag = borderDrag(type, before, after, isLast);
    return type === 'left-right'
      ? { orientation: 'vertical', ...gapRightOf(before, node), drag }
      : { orientation: 'horizontal', ...gapBelow(before, node), drag };
  });
  return [...own, ...node.children.flatMap(borders)];
}

/** Whether a row above the top panes must be added for their headers; tmux draws it itself with `pane-border-status top`. */
export function needsTopStrip(boxes: readonly CellBox[]): boolean {
  return boxes.some((box) => box.top === 0);
}

function gapRightOf(before: CellBox, split: CellBox): CellBox {
  return { left: before.left + before.cols, top: split.top, cols: 1, rows: split.rows };
}

function gapBelow(before: CellBox, split: CellBox): CellBox {
  return { left: split.left, top: before.top + before.rows, cols: split.cols, rows: 1 };
}

/**
 * tmux resizes the nearest split of the same direction above the pane, at the pane's right or
 * bottom; for a last child at its left or top instead (layout.c, layout_resize_pane).
 */
function borderDrag(
  type: SplitType,
  before: LayoutNode,
  after: LayoutNode,
  isLast: boolean,
): BorderDrag | null {
  const grown = paneNotInside(before, type);
  if (grown !== null) return { pane: grown, size: extent(before, type), sign: 1 };
  const shrunk = isLast ? paneNotInside(after, type) : null;
  return shrunk === null ? null : { pane: shrunk, size: extent(after, type), sign: -1 };
}

/** A pane of this subtree with no split of `type` between itself and the subtree's root. */
function paneNotInside(node: LayoutNode, type: SplitType): PaneId | null {
  if (node.type === 'pane') return node.pane;
  if (node.type === type) return null;
  for (const child of node.children) {
    const pane = paneNotInside(child, type);
    if (pane !== null) return pane;
  }
  return null;
}

function extent(box: CellBox, type: SplitType): number {
  return type === 'left-right' ? box.cols : box.rows;
}
