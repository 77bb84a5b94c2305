import type { PaneId } from './ids.js';

/** A rectangle in cells of the window's grid; `left` and `top` count from 0. */
export interface CellBox {
  readonly left: number;
  readonly top: number;
  readonly cols: number;
  readonly rows: number;
}

export interface PaneLayout extends CellBox {
  readonly type: 'pane';
  readonly pane: PaneId;
}

/** Children side by side (`left-right`, tmux's `{…}`) or stacked (`top-bottom`, tmux's `[…]`). */
export interface SplitLayout extends CellBox {
  readonly type: 'left-right' | 'top-bottom';
  readonly children: readonly LayoutNode[];
}

/** A window's layout tree, as tmux's layout string describes it (tmux: layout-custom.c). */
export type LayoutNode = PaneLayout | SplitLayout;
