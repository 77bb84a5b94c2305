import { MAX_COLS, MAX_ROWS, MIN_COLS, MIN_ROWS } from '#dto/constants';

/** Below this font size, in CSS pixels, text is a pattern: a grid is panned rather than shrunk to it. */
export const READABLE_FONT_SIZE = 7;
/** The smallest font a renderer draws at all. */
const FONT_SIZE_MIN = 1;
/** Finer than a device pixel of a cell's width on any screen. */
const FONT_SIZE_STEP = 0.25;

/** Width and height in CSS pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Columns and rows. */
export interface CellCount {
  readonly cols: number;
  readonly rows: number;
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

/**
 * The font size at which a grid fits its container, at most `wanted`. Shrinking the font instead of
 * transforming the page keeps xterm's pixels and the mouse's the same.
 *
 * @param grid the header strip counted
 * @param cellAt size of one cell at a font size, rounded as the renderers do
 */
export function fontThatFits(
  container: PixelSize,
  grid: CellCount,
  wanted: number,
  cellAt: (fontSize: number) => PixelSize,
): number {
  const fits = ({ width, height }: PixelSize): boolean =>
    grid.cols * width <= container.width && grid.rows * height <= container.height;
  const cell = cellAt(wanted);
  if (fits(cell)) return wanted;
  const ratio = Math.min(
    container.width / (grid.cols * cell.width),
    container.height / (grid.rows * cell.height),
  );
  let fontSize = wanted * Math.min(1, ratio);
  // Cells are whole device pixels: one rounded up may be too large still.
  while (fontSize > FONT_SIZE_MIN && !fits(cellAt(fontSize))) fontSize -= FONT_SIZE_STEP;
  return Math.max(FONT_SIZE_MIN, fontSize);
}

/** How far to scroll so that a span is visible with `margin` on both sides; as little as possible. */
export function scrollToShow(
  scroll: number,
  room: number,
  span: { readonly from: number; readonly to: number },
  margin: number,
): number {
  const least = span.to + margin - room;
  const most = Math.max(0, span.from - margin);
  return Math.min(most, Math.max(scroll, least));
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
