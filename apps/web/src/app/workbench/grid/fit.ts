import { MAX_COLS, MAX_ROWS, MIN_COLS, MIN_ROWS } from '#dto/constants';

/** Width and height in CSS pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** The size in cells a container has room for, `stripRows` taken off, within what the server takes. */
export function cellsThatFit(
  container: PixelSize,
  cell: PixelSize,
  stripRows: number,
): { readonly cols: number; readonly rows: number } {
  return {
    cols: clamp(Math.floor(container.width / cell.width), MIN_COLS, MAX_COLS),
    rows: clamp(Math.floor(container.height / cell.height) - stripRows, MIN_ROWS, MAX_ROWS),
  };
}

/** How much a grid must shrink to fit its container; never grows it. */
export function scaleToFit(container: PixelSize, grid: PixelSize): number {
  if (grid.width === 0 || grid.height === 0) return 1;
  return Math.min(1, container.width / grid.width, container.height / grid.height);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
