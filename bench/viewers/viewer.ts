/** A program that watches a session as a page does, but draws nothing. */
export interface Viewer {
  /** What it received. */
  bytes(): number;
  close(): void;
}

/** How wide and high the terminals of viewers are. */
export const VIEWER_COLS = 120;
export const VIEWER_ROWS = 36;
