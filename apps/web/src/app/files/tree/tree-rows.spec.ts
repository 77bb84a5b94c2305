import { aDirectory, anEntry, aRoot, listed } from './tree-fixtures';
import { treeRows } from './tree-rows';
import type { TreeState } from './tree-rows';

const SRV = aRoot('/srv');
const open = (...paths: readonly string[]): ReadonlySet<string> =>
  new Set(paths.map((path) => `configured /srv\n${path}`));

function shown(state: Partial<TreeState>): readonly string[] {
  const rows = treeRows({ roots: [SRV], directories: new Map(), expanded: new Set(), ...state });
  return rows.map((row) => {
    const text = row.type === 'note' ? `(${row.text})` : row.name;
    return '  '.repeat(row.depth) + text;
  });
}

describe(treeRows.name, () => {
  it('shows the roots, and below open directories what is in them', () => {
    const directories = listed(
      aDirectory('/srv', ['app/', 'notes']),
      aDirectory('/srv/app', ['x']),
    );
    expect(shown({ directories })).toEqual(['srv']);
    expect(shown({ directories, expanded: open('/srv') })).toEqual(['srv', '  app', '  notes']);
    expect(shown({ directories, expanded: open('/srv', '/srv/app') })).toEqual([
      'srv',
      '  app',
      '    x',
      '  notes',
    ]);
  });

  it('says that a directory is loading, empty, cut short or could not be listed', () => {
    const expanded = open('/srv');
    const [problem, note] = ['The disk is away.', 'Only the first 2 are shown; there are more.'];
    const failed = new Map([['/srv', { isLoading: false, view: null, problem }]]);
    const truncated = listed(aDirectory('/srv', ['a', 'b'], { truncated: true }));
    expect(shown({ expanded })).toEqual(['srv', '  (Loading…)']);
    expect(shown({ expanded, directories: listed(aDirectory('/srv', [])) })).toEqual([
      'srv',
      '  (Empty)',
    ]);
    expect(shown({ expanded, directories: truncated })).toEqual([
      'srv',
      '  a',
      '  b',
      `  (${note})`,
    ]);
    expect(shown({ expanded, directories: failed })).toEqual(['srv', `  (${problem})`]);
  });

  it('tells the same directory below two roots apart', () => {
    const roots = [SRV, aRoot('/srv', { kind: 'session' })];
    const directories = listed(aDirectory('/srv', ['a']));
    const rows = treeRows({ roots, directories, expanded: open('/srv') });
    expect(rows.map(({ depth }) => depth)).toEqual([0, 1, 0]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
  });

  it('does not open what is blocked, and asks by its bytes for a name that is no UTF-8', () => {
    const entries = [
      anEntry('.ssh/', { blocked: 'denied-name' }),
      anEntry('\ufffd/', { path64: 'L3Nydi__' }),
    ];
    const directories = listed({ ...aDirectory('/srv', []), entries });
    const [, ssh, bytes] = treeRows({ roots: [SRV], directories, expanded: open('/srv') });
    expect(ssh).toMatchObject({ isDirectory: false });
    expect(bytes).toMatchObject({
      isDirectory: true,
      ref: { path: '/srv/\ufffd', path64: 'L3Nydi__' },
    });
  });
});
