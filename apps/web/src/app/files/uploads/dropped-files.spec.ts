import { bringsFiles, droppedFiles } from './dropped-files';

/** As much of a drag as is read. */
function aDrag(items: readonly Partial<DataTransferItem>[]): DataTransfer {
  return { types: ['Files'], items } as unknown as DataTransfer;
}

function anItem(name: string, isDirectory: boolean): Partial<DataTransferItem> {
  return {
    kind: 'file',
    getAsFile: () => new File(['x'], name),
    webkitGetAsEntry: () => ({ isDirectory }) as FileSystemEntry,
  };
}

describe(droppedFiles.name, () => {
  it('tells files from directories, and leaves text out', () => {
    const { files, directories } = droppedFiles(
      aDrag([anItem('a.txt', false), anItem('photos', true), { kind: 'string' }]),
    );
    expect(files.map(({ name }) => name)).toEqual(['a.txt']);
    expect(directories).toEqual(['photos']);
  });

  it('has nothing of a drag without data', () => {
    expect(droppedFiles(null)).toEqual({ files: [], directories: [] });
    expect(bringsFiles(null)).toBe(false);
    expect(bringsFiles(aDrag([]))).toBe(true);
  });
});
