import { MAX_COLS, MIN_COLS, MIN_ROWS } from '#dto/constants';
import { cellsThatFit, scaleToFit } from './fit';

const CELL = { width: 8, height: 17 };

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

describe(scaleToFit.name, () => {
  it('shrinks by the tighter side and never grows', () => {
    expect(scaleToFit({ width: 400, height: 400 }, { width: 800, height: 500 })).toBe(0.5);
    expect(scaleToFit({ width: 2000, height: 2000 }, { width: 800, height: 500 })).toBe(1);
  });
});
