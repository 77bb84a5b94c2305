import type { LayoutNode, PaneId, PaneInfo } from '#dto';
import { aPane, aWindow } from '../fake-session';
import { gridView, paneFrames } from './grid-view';

const SIDE_BY_SIDE: LayoutNode = {
  type: 'left-right',
  left: 0,
  top: 0,
  cols: 80,
  rows: 24,
  children: [
    { type: 'pane', pane: '%1', left: 0, top: 0, cols: 40, rows: 24 },
    { type: 'pane', pane: '%2', left: 41, top: 0, cols: 39, rows: 24 },
  ],
};

function panesOf(...panes: readonly PaneInfo[]): ReadonlyMap<PaneId, PaneInfo> {
  return new Map(panes.map((pane) => [pane.id, pane]));
}

describe(paneFrames.name, () => {
  it('shows the panes of the current window only, and keeps all others', () => {
    const windows = [
      aWindow('@1', 0, { active: true, layout: SIDE_BY_SIDE, activePane: '%2' }),
      aWindow('@3', 1),
    ];
    const panes = panesOf(aPane('%3', '@3'), aPane('%2', '@1'), aPane('%1', '@1'));

    expect(
      paneFrames(windows, panes).map(({ pane, isVisible, isActive }) => [
        pane.id,
        isVisible,
        isActive,
      ]),
    ).toEqual([
      ['%1', true, false],
      ['%2', true, true],
      ['%3', false, false],
    ]);
  });

  it('hides what a zoomed pane covers but leaves it where it was', () => {
    const zoomed: LayoutNode = { type: 'pane', pane: '%1', left: 0, top: 0, cols: 80, rows: 24 };
    const windows = [aWindow('@1', 0, { active: true, zoomed: true, layout: zoomed })];
    const panes = panesOf(aPane('%1', '@1'), aPane('%2', '@1', { left: 41, cols: 39 }));

    const [first, second] = paneFrames(windows, panes);

    expect(first?.box.cols).toBe(80);
    expect(second).toMatchObject({ isVisible: false, box: { left: 41, cols: 39 } });
  });
});

describe(gridView.name, () => {
  it('marks the active pane only when there is another', () => {
    const alone = aWindow('@1', 0, { active: true });
    const pair = aWindow('@1', 0, { layout: SIDE_BY_SIDE, activePane: '%2' });

    expect(gridView(alone).activeBox).toBeNull();
    expect(gridView(pair).activeBox).toMatchObject({ left: 41, cols: 39 });
    expect(gridView(pair).stripRows).toBe(1);
  });
});
