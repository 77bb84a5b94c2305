import { HttpErrorResponse } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import type { DirectoryView } from '#dto';
import type { FileRef } from '../places/file-ref';
import { FilesApi } from '../places/files-api';
import { FileTree } from './file-tree';
import { aDirectory, aRoot } from './tree-fixtures';

function createTree(directories: readonly DirectoryView[]): {
  tree: FileTree;
  names: () => readonly string[];
  asked: readonly string[];
} {
  const asked: string[] = [];
  const directory = ({ path }: FileRef): Promise<DirectoryView> => {
    asked.push(path);
    const view = directories.find((candidate) => candidate.path === path);
    if (view !== undefined) return Promise.resolve(view);
    const error = { code: 'path-not-allowed', message: 'Not below a root.' };
    const answer: Error = new HttpErrorResponse({ status: 403, error });
    return Promise.reject(answer);
  };
  TestBed.configureTestingModule({
    providers: [FileTree, { provide: FilesApi, useValue: { directory } }],
  });
  const tree = TestBed.inject(FileTree);
  tree.setRoots([aRoot('/srv'), aRoot('/srv/app/lib', { kind: 'session' })]);
  const names = (): readonly string[] =>
    tree.rows().map((row) => (row.type === 'note' ? row.text : row.name));
  return { tree, names, asked };
}

const DIRECTORIES = [
  aDirectory('/srv', ['app/', 'notes']),
  aDirectory('/srv/app', ['lib/', 'src/']),
  aDirectory('/srv/app/src', ['main.ts']),
  aDirectory('/srv/app/lib', ['a.ts']),
];

describe(FileTree.name, () => {
  it('lists a directory when it is opened', async () => {
    const { tree, names, asked } = createTree(DIRECTORIES);
    expect(asked).toEqual([]);

    await tree.expand(tree.entries()[0]!);
    expect(names()).toEqual(['srv', 'app', 'notes', 'lib']);

    tree.toggle(tree.entries()[0]!);
    expect(names()).toEqual(['srv', 'lib']);
  });

  it('goes to a path below the nearest root, opening what is above', async () => {
    const { tree } = createTree(DIRECTORIES);

    expect(await tree.reveal('/srv/app/src/main.ts')).toBe('shown');
    expect(tree.selected()).toMatchObject({ name: 'main.ts', depth: 3 });
    expect(tree.directory()).toMatchObject({ name: 'src' });

    expect(await tree.reveal('/srv/app/lib')).toBe('shown');
    expect(tree.selected()).toMatchObject({ type: 'root', name: 'lib' });
    expect(await tree.reveal('/etc')).toBe('absent');
    expect(await tree.reveal('/srv/app/gone')).toBe('absent');
  });

  it('goes where it was asked to go last, and lists nothing twice on the way', async () => {
    const { tree, asked } = createTree(DIRECTORIES);
    const first = tree.reveal('/srv/app/src');
    const second = tree.reveal('/srv/app/src');
    expect([await first, await second]).toEqual(['overtaken', 'shown']);
    expect(tree.selected()).toMatchObject({ name: 'src' });
    expect(asked).toEqual(['/srv', '/srv/app', '/srv/app/src']);
  });

  it('says why a directory cannot be listed, and lists it once it can', async () => {
    const directories = [...DIRECTORIES.slice(0, 1)];
    const { tree, names } = createTree(directories);
    await tree.reveal('/srv/app');
    expect(names()).toEqual(['srv', 'app', 'Not below a root.', 'notes', 'lib']);

    directories.push(aDirectory('/srv/app', ['lib/']));
    await tree.refresh();
    expect(names()).toEqual(['srv', 'app', 'lib', 'notes', 'lib']);
  });

  it('forgets the choice of what is gone', async () => {
    const { tree } = createTree(DIRECTORIES);
    await tree.reveal('/srv/notes');
    expect(tree.selected()?.name).toBe('notes');

    tree.setRoots([]);
    expect(tree.selected()).toBeNull();
    expect(tree.directory()).toBeNull();
  });
});
