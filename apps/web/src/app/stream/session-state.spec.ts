import type { PaneView, SnapshotEvent, WindowView } from '#dto';
import { aWindow } from '../workbench/fake-session';
import { reduceSnapshot, reduceState } from './session-state';

export function paneView(id: PaneView['id'], more: Partial<PaneView> = {}): PaneView {
  return {
    id,
    window: '@1',
    index: 0,
    left: 0,
    top: 0,
    cols: 80,
    rows: 24,
    title: '',
    command: 'sh',
    path: '/',
    mode: null,
    dead: false,
    historyLimit: 2000,
    offset: 0,
    screen: '',
    ...more,
  };
}

function snapshot(panes: readonly PaneView[]): SnapshotEvent {
  const windows: WindowView[] = [];
  return {
    session: { id: '$1', name: 'work' },
    driver: null,
    cols: 80,
    rows: 24,
    windows,
    panes,
    viewers: [],
    tmux: { attached: true, reason: null },
  };
}

describe(reduceSnapshot.name, () => {
  it('keeps pictures out of the state and hands them on as seeds', () => {
    const { state, seeds } = reduceSnapshot(
      null,
      snapshot([paneView('%1', { offset: 9, screen: 'x' })]),
    );
    expect(state.panes.get('%1')).not.toHaveProperty('screen');
    expect(seeds).toEqual([{ pane: state.panes.get('%1'), offset: 9, screen: 'x' }]);
  });

  it('removes panes that are gone', () => {
    const before = reduceSnapshot(null, snapshot([paneView('%1'), paneView('%2')])).state;
    expect(reduceSnapshot(before, snapshot([paneView('%2')])).removed).toEqual(['%1']);
  });
});

describe(reduceState.name, () => {
  const { state } = reduceSnapshot(null, snapshot([paneView('%1')]));

  it('keeps what an event does not name', () => {
    const next = reduceState(state, { cols: 100 }).state;
    expect(next).toEqual({ ...state, cols: 100 });
    expect(next.panes).toBe(state.panes);
  });

  it('sets the driver to null only when told', () => {
    const driven = reduceState(state, { driver: 'c1' }).state;
    expect(reduceState(driven, {}).state.driver).toBe('c1');
    expect(reduceState(driven, { driver: null }).state.driver).toBeNull();
  });

  it('merges a pane change and seeds only when it carries a picture', () => {
    const titled = reduceState(state, { panes: [{ id: '%1', title: 'vim' }] });
    expect(titled.state.panes.get('%1')).toMatchObject({ title: 'vim', command: 'sh' });
    expect(titled.seeds).toEqual([]);
    const resized = reduceState(state, { panes: [{ id: '%1', cols: 40, offset: 5, screen: 's' }] });
    expect(resized.seeds).toMatchObject([{ pane: { id: '%1', cols: 40 }, offset: 5, screen: 's' }]);
  });

  it('adds a whole pane and ignores part of an unknown one', () => {
    const { state: next } = reduceState(state, {
      panes: [paneView('%2'), { id: '%3', title: 'late' }],
    });
    expect([...next.panes.keys()]).toEqual(['%1', '%2']);
  });

  it('removes panes', () => {
    const { state: next, removed } = reduceState(state, { removedPanes: ['%1'] });
    expect(next.panes.size).toBe(0);
    expect(removed).toEqual(['%1']);
  });
});

describe('titles', () => {
  const hostile = 'a\x1b]0;x\x07\u202eb\u200b';

  it('[G13] are shown literally and without what is not seen, everywhere', () => {
    const view = paneView('%1', { title: hostile, command: hostile, path: hostile });
    const window = aWindow('@1', 0, { name: '#(touch /tmp/x)\u202e' });
    const { state } = reduceSnapshot(null, { ...snapshot([view]), windows: [window] });
    expect(state.windows[0]?.name).toBe('#(touch /tmp/x)');
    expect(state.panes.get('%1')).toMatchObject({
      title: 'a]0;xb',
      command: 'a]0;xb',
      path: 'a]0;xb',
    });
    const next = reduceState(state, {
      panes: [{ id: '%1', title: 'c\x9b' }],
      windows: [window],
    }).state;
    expect(next.panes.get('%1')?.title).toBe('c');
    expect(next.windows[0]?.name).toBe('#(touch /tmp/x)');
  });
});
