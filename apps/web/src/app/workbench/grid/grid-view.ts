import type { CellBox, PaneId, PaneInfo, WindowId, WindowView } from '#dto';
import { borders, needsTopStrip, paneBoxes } from './geometry';
import type { Border } from './geometry';

/** One pane to draw. `box` is in cells of the grid, the added top strip not counted. */
export interface PaneFrameView {
  readonly pane: PaneInfo;
  readonly box: CellBox;
  readonly isVisible: boolean;
  readonly isActive: boolean;
  readonly window: WindowId;
}

/** The current window's grid. */
export interface GridView {
  readonly cols: number;
  readonly rows: number;
  /** Rows added above tmux's grid for the top panes' headers: 0 or 1. */
  readonly stripRows: number;
  readonly borders: readonly Border[];
  /** The active pane's box while there is more than one pane to tell it from. */
  readonly activeBox: CellBox | null;
}

/**
 * Frames of every pane of every window, so that a switch only shows what is already there; a pane
 * that zoom hides keeps its last own box.
 */
export function paneFrames(
  windows: readonly WindowView[],
  panes: ReadonlyMap<PaneId, PaneInfo>,
): readonly PaneFrameView[] {
  const drawn = new Map(
    windows.flatMap((window) =>
      paneBoxes(window.layout).map((box) => [box.pane, { box, window }] as const),
    ),
  );
  return [...panes.values()]
    .map((pane): PaneFrameView => {
      const place = drawn.get(pane.id);
      const isVisible = place?.window.active ?? false;
      return {
        pane,
        box: place?.box ?? pane,
        isVisible,
        isActive: isVisible && place?.window.activePane === pane.id,
        window: pane.window,
      };
    })
    .sort((a, b) => Number(a.pane.id.slice(1)) - Number(b.pane.id.slice(1)));
}

export function gridView(window: WindowView): GridView {
  const boxes = paneBoxes(window.layout);
  const active = boxes.find((box) => box.pane === window.activePane);
  return {
    cols: window.cols,
    rows: window.rows,
    stripRows: needsTopStrip(boxes) ? 1 : 0,
    borders: borders(window.layout),
    activeBox: boxes.length > 1 && active !== undefined ? active : null,
  };
}
