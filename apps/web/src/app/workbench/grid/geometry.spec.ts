import type { CellBox, LayoutNode, PaneId } from '#dto';
import { borders, needsTopStrip, paneBoxes } from './geometry';

function pane(id: PaneId, left: number, top: number, cols: number, rows: number): LayoutNode {
  return { type: 'pane', pane: id, left, top, cols, rows };
}

function split(
  type: 'left-right' | 'top-bottom',
  box: CellBox,
  ...children: readonly LayoutNode[]
): LayoutNode {
  return { type, ...box, children };
}

const WHOLE = { left: 0, top: 0, cols: 80, rows: 24 };

describe(paneBoxes.name, () => {
  it('lists the panes of nested splits in order', () => {
    const layout = split(
      'left-right',
      WHOLE,
      pane('%1', 0, 0, 40, 24),
      split(
        'top-bottom',
        { left: 41, top: 0, cols: 39, rows: 24 },
        pane('%2', 41, 0, 39, 12),
        pane('%3', 41, 13, 39, 11),
      ),
    );

    expect(paneBoxes(layout).map((box) => box.pane)).toEqual(['%1', '%2', '%3']);
    expect(paneBoxes(layout)[2]).toEqual({ pane: '%3', left: 41, top: 13, cols: 39, rows: 11 });
  });
});

describe(borders.name, () => {
  it('has none around a single pane', () => {
    expect(borders(pane('%1', 0, 0, 80, 24))).toEqual([]);
  });

  it('drags the pane before a border', () => {
    const layout = split('left-right', WHOLE, pane('%1', 0, 0, 40, 24), pane('%2', 41, 0, 39, 24));

    expect(borders(layout)).toEqual([
      {
        orientation: 'vertical',
        left: 40,
        top: 0,
        cols: 1,
        rows: 24,
        drag: { pane: '%1', size: 40, sign: 1 },
      },
    ]);
  });

  it('puts a horizontal border in the gap row over the whole split', () => {
    const layout = split('top-bottom', WHOLE, pane('%1', 0, 0, 80, 10), pane('%2', 0, 11, 80, 13));

    expect(borders(layout)).toEqual([
      {
        orientation: 'horizontal',
        left: 0,
        top: 10,
        cols: 80,
        rows: 1,
        drag: { pane: '%1', size: 10, sign: 1 },
      },
    ]);
  });

  it('drags any pane of a stack beside the border', () => {
    const stack = split(
      'top-bottom',
      { left: 0, top: 0, cols: 40, rows: 24 },
      pane('%1', 0, 0, 40, 12),
      pane('%2', 0, 13, 40, 11),
    );
    const layout = split('left-right', WHOLE, stack, pane('%3', 41, 0, 39, 24));

    expect(borders(layout)[0]?.drag).toEqual({ pane: '%1', size: 40, sign: 1 });
  });

  it('drags the last pane the other way when the panes before are split along the same axis', () => {
    const row = split(
      'left-right',
      { left: 0, top: 0, cols: 40, rows: 12 },
      pane('%1', 0, 0, 20, 12),
      pane('%2', 21, 0, 19, 12),
    );
    const otherRow = split(
      'left-right',
      { left: 0, top: 13, cols: 40, rows: 11 },
      pane('%3', 0, 13, 20, 11),
      pane('%4', 21, 13, 19, 11),
    );
    const rows = split('top-bottom', { left: 0, top: 0, cols: 40, rows: 24 }, row, otherRow);
    const layout = split('left-right', WHOLE, rows, pane('%5', 41, 0, 39, 24));

    expect(borders(layout)[0]?.drag).toEqual({ pane: '%5', size: 39, sign: -1 });
  });
});

describe(needsTopStrip.name, () => {
  it('is not needed when tmux keeps a row above every pane', () => {
    expect(needsTopStrip([{ left: 0, top: 1, cols: 80, rows: 23 }])).toBe(false);
    expect(needsTopStrip([{ left: 0, top: 0, cols: 80, rows: 24 }])).toBe(true);
  });
});
