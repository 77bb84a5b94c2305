import type { FileRootView } from '#dto';
import { findTyped, treeMove } from './tree-keys';
import { treeRows } from './tree-rows';
import type { EntryRow } from './tree-rows';
import { aDirectory, aRoot, listed } from './tree-fixtures';

const ROOT: FileRootView = aRoot('/srv');

function rows(expanded: readonly string[] = ['/srv', '/srv/app']): readonly EntryRow[] {
  return treeRows({
    roots: [ROOT],
    directories: listed(
      aDirectory('/srv', ['app/', 'Apple.txt', 'banana']),
      aDirectory('/srv/app', ['main.ts']),
    ),
    expanded: new Set(expanded.map((path) => `configured /srv\n${path}`)),
  }).filter((row): row is EntryRow => row.type !== 'note');
}

const named = (all: readonly EntryRow[], name: string): EntryRow =>
  all.find((row) => row.name === name)!;

describe(treeMove.name, () => {
  it.each([
    ['ArrowDown', 'app', 'main.ts'],
    ['ArrowUp', 'app', 'srv'],
    ['Home', 'banana', 'srv'],
    ['End', 'srv', 'banana'],
    ['ArrowRight', 'app', 'main.ts'],
    ['ArrowLeft', 'main.ts', 'app'],
    ['ArrowLeft', 'banana', 'srv'],
    ['ArrowUp', 'srv', 'srv'],
    ['ArrowDown', 'banana', 'banana'],
    ['PageDown', 'srv', 'banana'],
  ])('%s at %s goes to %s', (key, from, to) => {
    const all = rows();
    expect(treeMove(key, all, named(all, from))).toEqual({ kind: 'select', row: named(all, to) });
  });

  it('opens and closes with the arrows, and opens files with Enter', () => {
    const open = rows();
    expect(treeMove('ArrowLeft', open, named(open, 'app'))?.kind).toBe('collapse');
    const closed = rows(['/srv']);
    expect(treeMove('ArrowRight', closed, named(closed, 'app'))?.kind).toBe('expand');
    expect(treeMove('ArrowRight', closed, named(closed, 'banana'))).toBeNull();
    expect(treeMove('Enter', closed, named(closed, 'banana'))?.kind).toBe('open');
  });

  it('begins at the first row, and has no move in an empty tree', () => {
    const all = rows();
    expect(treeMove('ArrowDown', all, null)).toEqual({ kind: 'select', row: all[0] });
    expect(treeMove('ArrowDown', [], null)).toBeNull();
    expect(treeMove('x', all, all[0]!)).toBeNull();
  });
});

describe(findTyped.name, () => {
  it('finds by the beginning of a name, whatever the case', () => {
    const all = rows();
    expect(findTyped('appl', all, named(all, 'app'))?.name).toBe('Apple.txt');
    expect(findTyped('BAN', all, null)?.name).toBe('banana');
    expect(findTyped('zzz', all, null)).toBeNull();
  });

  it('goes round with one letter again and again', () => {
    const all = rows();
    expect(findTyped('a', all, named(all, 'app'))?.name).toBe('Apple.txt');
    expect(findTyped('aa', all, named(all, 'Apple.txt'))?.name).toBe('app');
  });
});
