import { layOutCell } from './cell-size';

/** A face whose W is `ratio` of the font size wide, as browsers with subpixel positions measure. */
const face =
  (ratio: number) =>
  (fontSize: number): { width: number; height: number } => ({
    width: fontSize * ratio,
    height: fontSize * 1.32,
  });

describe(layOutCell.name, () => {
  it.each([
    [14, 1],
    [13, 1.5],
    [9, 2],
    [28, 1.25],
    [16, 1.100000023841858],
    [15, 3],
  ])('gives both renderers of xterm the same width at %i px and ratio %d', (wanted, ratio) => {
    const cell = layOutCell(wanted, ratio, face(0.6));
    const natural = cell.fontSize * 0.6 * ratio;
    expect(Math.floor(natural)).toBe(Math.round(cell.width * ratio));
    // 500 columns drawn without rounding stay within two device pixels.
    expect(Math.abs(natural - cell.width * ratio) * 500).toBeLessThan(2);
    expect(cell.height * ratio).toBeCloseTo(Math.ceil(cell.fontSize * 1.32 * ratio), 6);
  });

  it('finds a size that is whole where the browser snaps widths to a grid', () => {
    const snapped = (fontSize: number) => ({
      width: Math.floor(fontSize * 0.6 * 160) / 160 - 0.00004,
      height: fontSize * 1.32,
    });
    const cell = layOutCell(14, 1, snapped);
    expect(cell.width).toBe(8);
    expect(snapped(cell.fontSize).width).toBeGreaterThanOrEqual(8);
    expect(snapped(cell.fontSize).width).toBeLessThan(8.02);
  });

  it('keeps the wanted size when the browser only measures whole pixels', () => {
    const cell = layOutCell(14, 1, () => ({ width: 8, height: 18 }));
    expect(cell.width).toBe(8);
    expect(cell.fontSize).toBeCloseTo(14, 1);
  });

  it('never answers an empty cell', () => {
    const cell = layOutCell(14, 1, () => ({ width: 0, height: 0 }));
    expect(cell).toEqual({ fontSize: 14, width: 1, height: 1 });
  });
});
