import { formatLayout, parseLayout } from '#tmux-protocol';
import type { PaneRow, SessionRow, WindowRow } from './formats.js';
import { buildModel, diffModels, type SessionModel } from './session-model.js';

const SESSION: SessionRow = {
  id: '$1',
  name: 'work',
  server: '1.2',
  version: '3.3a',
  clientName: 'c',
};

const windowRow = (rest: Partial<WindowRow> = {}): WindowRow => ({
  id: '@1',
  index: 0,
  active: true,
  zoomed: false,
  bell: false,
  activity: false,
  cols: 80,
  rows: 24,
  layout: formatLayout({ type: 'pane', pane: '%1', left: 0, top: 0, cols: 80, rows: 24 }),
  name: 'vim',
  ...rest,
});

const paneRow = (rest: Partial<PaneRow> = {}): PaneRow => ({
  id: '%1',
  window: '@1',
  index: 0,
  active: true,
  left: 0,
  top: 0,
  cols: 80,
  rows: 24,
  dead: false,
  historyLimit: 2000,
  mode: null,
  title: 'title',
  command: 'vim',
  path: '/',
  ...rest,
});

const model = (
  windows: readonly WindowRow[] = [windowRow()],
  panes: readonly PaneRow[] = [paneRow()],
  session: SessionRow = SESSION,
): SessionModel => buildModel(session, windows, panes);

describe(buildModel.name, () => {
  it('puts the rows together', () => {
    const built = model();
    expect(built).toMatchObject({
      session: { id: '$1', name: 'work' },
      server: '1.2',
      tmuxVersion: '3.3a',
      cols: 80,
      rows: 24,
    });
    expect(built.windows).toEqual([
      expect.objectContaining({
        id: '@1',
        name: 'vim',
        activePane: '%1',
        layout: parseLayout(windowRow().layout),
      }),
    ]);
    const { active: _active, ...info } = paneRow();
    expect([...built.panes]).toEqual([['%1', info]]);
  });

  it('has the size of the current window', () => {
    const built = model(
      [windowRow({ active: false }), windowRow({ id: '@2', cols: 100, rows: 30 })],
      [paneRow(), paneRow({ id: '%2', window: '@2' })],
    );
    expect([built.cols, built.rows]).toEqual([100, 30]);
  });

  it('leaves out panes whose window is not listed, and windows without panes', () => {
    const built = model(
      [windowRow(), windowRow({ id: '@2' })],
      [paneRow(), paneRow({ id: '%9', window: '@9' })],
    );
    expect([...built.panes.keys()]).toEqual(['%1']);
    expect(built.windows.map(({ id }) => id)).toEqual(['@1']);
  });
});

describe(diffModels.name, () => {
  it('says nothing when nothing changed', () => {
    expect(diffModels(model(), model())).toEqual({
      state: {},
      added: [],
      resized: [],
      removed: [],
    });
  });

  it('names the fields of a pane that changed, and no others', () => {
    const after = model(undefined, [paneRow({ title: 'new', mode: 'copy-mode', dead: true })]);
    expect(diffModels(model(), after).state).toEqual({
      panes: [{ id: '%1', title: 'new', mode: 'copy-mode', dead: true }],
    });
    expect(diffModels(after, model()).state).toEqual({
      panes: [{ id: '%1', title: 'title', mode: null, dead: false }],
    });
  });

  it('tells which panes need another picture because of their size', () => {
    const change = diffModels(model(), model(undefined, [paneRow({ cols: 79 })]));
    expect(change.resized).toEqual(['%1']);
    expect(change.state.panes).toEqual([{ id: '%1', cols: 79 }]);
    expect(diffModels(model(), model(undefined, [paneRow({ rows: 23 })])).resized).toEqual(['%1']);
    expect(diffModels(model(), model(undefined, [paneRow({ left: 3 })])).resized).toEqual([]);
  });

  it('names new panes without describing them, since they come with their picture', () => {
    const change = diffModels(
      model(),
      model(undefined, [paneRow(), paneRow({ id: '%2', active: false })]),
    );
    expect(change.added).toEqual(['%2']);
    expect(change.state).toEqual({});
  });

  it('names panes that are gone', () => {
    const before = model(undefined, [paneRow(), paneRow({ id: '%2', active: false })]);
    const change = diffModels(before, model());
    expect(change.removed).toEqual(['%2']);
    expect(change.state).toEqual({ removedPanes: ['%2'] });
  });

  it('gives the whole list of windows when one changed', () => {
    const before = model(
      [windowRow(), windowRow({ id: '@2', index: 1, active: false })],
      [paneRow(), paneRow({ id: '%2', window: '@2' })],
    );
    const after = model(
      [windowRow({ bell: true }), windowRow({ id: '@2', index: 1, active: false })],
      [paneRow(), paneRow({ id: '%2', window: '@2' })],
    );
    const { state } = diffModels(before, after);
    expect(Object.keys(state)).toEqual(['windows']);
    expect(state.windows?.map(({ id, bell }) => [id, bell])).toEqual([
      ['@1', true],
      ['@2', false],
    ]);
  });

  it('tells a new name and a new size of the session', () => {
    const after = model([windowRow({ cols: 100, rows: 30 })], undefined, {
      ...SESSION,
      name: 'play',
    });
    expect(diffModels(model(), after).state).toMatchObject({
      session: { id: '$1', name: 'play' },
      cols: 100,
      rows: 30,
    });
  });
});
