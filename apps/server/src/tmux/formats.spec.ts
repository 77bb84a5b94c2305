import {
  PANE_FORMAT,
  parsePaneRow,
  parsePathRow,
  parseSessionRow,
  parseWindowRow,
  SESSION_FORMAT,
  WINDOW_FORMAT,
} from './formats.js';

const row = (...fields: string[]): string => fields.join('\t');

const SESSION = ['s', '$3', '4711', '1700000000', '3.3a', '/dev/pts/1', 'work'];
const WINDOW = ['w', '@2', '5', '1', '0', '1', '0', '80', '24', 'abcd,80x24,0,0,4', 'vim'];
const PANE = [
  'p',
  '%4',
  '@2',
  '1',
  '1',
  '0',
  '12',
  '80',
  '11',
  '0',
  '2000',
  '',
  'title',
  'vim',
  '/home/ana',
];

describe(parseSessionRow.name, () => {
  it('reads a row of its format', () => {
    expect(SESSION_FORMAT.split('\t')).toHaveLength(SESSION.length);
    expect(parseSessionRow(row(...SESSION))).toEqual({
      id: '$3',
      name: 'work',
      server: '4711.1700000000',
      version: '3.3a',
      clientName: '/dev/pts/1',
    });
  });
});

describe(parseWindowRow.name, () => {
  it('reads a row of its format', () => {
    expect(WINDOW_FORMAT.split('\t')).toHaveLength(WINDOW.length);
    expect(parseWindowRow(row(...WINDOW))).toEqual({
      id: '@2',
      index: 5,
      active: true,
      zoomed: false,
      bell: true,
      activity: false,
      cols: 80,
      rows: 24,
      layout: 'abcd,80x24,0,0,4',
      name: 'vim',
    });
  });
});

describe(parsePaneRow.name, () => {
  it('reads a row of its format', () => {
    expect(PANE_FORMAT.split('\t')).toHaveLength(PANE.length);
    expect(parsePaneRow(row(...PANE))).toEqual({
      id: '%4',
      window: '@2',
      index: 1,
      active: true,
      left: 0,
      top: 12,
      cols: 80,
      rows: 11,
      dead: false,
      historyLimit: 2000,
      mode: null,
      title: 'title',
      command: 'vim',
      path: '/home/ana',
    });
  });

  it('knows modes and the end of programs; tmux leaves the flag of a living pane empty', () => {
    const at = (dead: string, mode: string): string => row(...PANE.with(9, dead).with(11, mode));
    expect(parsePaneRow(at('1', 'copy-mode'))).toMatchObject({ dead: true, mode: 'copy-mode' });
    expect(parsePaneRow(at('', ''))).toMatchObject({ dead: false, mode: null });
  });

  it('takes text that looks like markup or protocol as text', () => {
    const title = '%end 1 2 1 <script> #{pane_id}';
    expect(parsePaneRow(row(...PANE.with(12, title)))).toMatchObject({ title });
  });
});

describe('rows that are not what was asked for', () => {
  it.each([
    ['nothing', ''],
    ['a notification', '%output %0 x'],
    ['the end of a reply', '%end 1 2 1'],
    ['too few fields', 'FEW'],
    ['too many fields', 'MANY'],
    ['another letter', 'LETTER'],
    ['no id', 'ID'],
    ['a foreign kind of id', 'KIND'],
  ])('are not read: %s', (_name, kind) => {
    const broken = (fields: readonly string[]): string => {
      if (kind === 'FEW') return row(...fields.slice(0, -1));
      if (kind === 'MANY') return row(...fields, 'forged');
      if (kind === 'LETTER') return row(...fields.with(0, 'x'));
      if (kind === 'ID') return row(...fields.with(1, ''));
      return kind === 'KIND' ? row(...fields.with(1, '&1')) : kind;
    };
    expect(parseSessionRow(broken(SESSION))).toBeUndefined();
    expect(parseWindowRow(broken(WINDOW))).toBeUndefined();
    expect(parsePaneRow(broken(PANE))).toBeUndefined();
  });

  it('are not read when a pane says no window', () => {
    expect(parsePaneRow(row(...PANE.with(2, '$2')))).toBeUndefined();
  });
});

describe(parsePathRow.name, () => {
  it('reads where a pane is', () => {
    expect(parsePathRow(row('d', '/srv/a b', 'work'))).toEqual({
      path: '/srv/a b',
      session: 'work',
    });
  });

  it.each([
    ['a path that had a control character', row('d', '/srv/a//b', 'work')],
    ['no path', row('d', '', 'work')],
    ['a relative one', row('d', 'srv', 'work')],
    ['another line', row('p', '/srv', 'work')],
    ['too few fields', row('d', '/srv')],
  ])('reads nothing of %s', (_what, line) => {
    expect(parsePathRow(line)).toBeUndefined();
  });
});
