import { MAX_COLS, MIN_COLS, MIN_ROWS } from '#dto/constants';
import { cellsThatFit, fontThatFits, scrollToShow } from './fit';

const CELL = { width: 8, height: 17 };

/** Cells of whole pixels, as renderers draw them. */
const cellAt = (fontSize: number) => ({
  width: Math.max(1, Math.round(fontSize * 0.6)),
  height: Math.max(1, Math.ceil(fontSize * 1.3)),
});

describe(cellsThatFit.name, () => {
  it('counts whole cells and leaves the strip out', () => {
    expect(cellsThatFit({ width: 807, height: 425 }, CELL, 1)).toEqual({ cols: 100, rows: 24 });
  });

  it('keeps to the bounds of the server', () => {
    expect(cellsThatFit({ width: 10, height: 10 }, CELL, 1)).toEqual({
      cols: MIN_COLS,
      rows: MIN_ROWS,
    });
    expect(cellsThatFit({ width: 99_999, height: 425 }, CELL, 0).cols).toBe(MAX_COLS);
  });
});

describe(fontThatFits.name, () => {
  const grid = { cols: 100, rows: 30 };

  it('keeps the wanted size where there is room', () => {
    expect(fontThatFits({ width: 800, height: 600 }, grid, 14, cellAt)).toBe(14);
  });

  it.each([
    [790, 600, 7],
    [400, 600, 4],
    [3000, 300, 4],
    [150, 600, 1],
  ])('shrinks to fit into %d×%d', (width, height, cellWidth) => {
    const cell = cellAt(fontThatFits({ width, height }, grid, 14, cellAt));
    expect(cell.width).toBe(cellWidth);
    expect(cell.width * grid.cols).toBeLessThanOrEqual(width);
    expect(cell.height * grid.rows).toBeLessThanOrEqual(height);
  });

  it('ends where nothing fits', () => {
    expect(fontThatFits({ width: 10, height: 10 }, grid, 14, cellAt)).toBe(1);
  });
});

describe(scrollToShow.name, () => {
  it('stays while the span and its margin are in view', () => {
    expect(scrollToShow(100, 300, { from: 200, to: 208 }, 20)).toBe(100);
  });

  it('moves by no more than needed', () => {
    expect(scrollToShow(0, 300, { from: 400, to: 408 }, 20)).toBe(128);
    expect(scrollToShow(500, 300, { from: 400, to: 408 }, 20)).toBe(380);
  });

  it('never scrolls before the start', () => {
    expect(scrollToShow(50, 300, { from: 8, to: 16 }, 20)).toBe(0);
  });
});
