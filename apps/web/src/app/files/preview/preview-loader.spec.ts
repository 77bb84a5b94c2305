import { HttpErrorResponse } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import type { FileRef } from '../places/file-ref';
import { FilesApi } from '../places/files-api';
import type { FilePart } from '../places/files-api';
import { IMAGE_MAX_BYTES, PREVIEW_STEP_BYTES, PreviewLoader } from './preview-loader';

const PNG = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10';
/** A few bytes that ask for 16 gigabytes. */
const BOMB = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff';
/** Angular's is an `Error` by its shape only. */
const gone = (): Error => new HttpErrorResponse({ status: 404 });
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

function createLoader(files: Readonly<Record<string, Uint8Array>>): {
  loader: PreviewLoader;
  asked: readonly (readonly [number, number])[];
  hold: (path: string) => () => void;
} {
  const asked: [number, number][] = [];
  const held = new Map<string, Promise<void>>();
  const read = async ({ path }: FileRef, offset: number, length: number): Promise<FilePart> => {
    asked.push([offset, length]);
    await held.get(path);
    const all = files[path];
    if (all === undefined) throw gone();
    return { bytes: all.slice(offset, offset + length), size: all.length };
  };
  const hold = (path: string): (() => void) => {
    let release = (): void => undefined;
    held.set(path, new Promise((resolve) => (release = resolve)));
    return () => release();
  };
  TestBed.configureTestingModule({
    providers: [PreviewLoader, { provide: FilesApi, useValue: { read } }],
  });
  return { loader: TestBed.inject(PreviewLoader), asked, hold };
}

describe(PreviewLoader.name, () => {
  it('reads the beginning of a text, and more when asked', async () => {
    const line = `${'x'.repeat(1023)}\n`;
    const { loader, asked } = createLoader({ '/log': bytes(line.repeat(300)) });

    await loader.load({ path: '/log' });
    expect(loader.preview()).toMatchObject({ bytes: { length: PREVIEW_STEP_BYTES } });
    await loader.more();

    const preview = loader.preview();
    expect(preview).toMatchObject({ bytes: { length: 300 * 1024 }, size: 300 * 1024 });
    expect(preview.kind === 'text' && preview.lines.length).toBe(300);
    expect(asked).toEqual([
      [0, PREVIEW_STEP_BYTES],
      [PREVIEW_STEP_BYTES, PREVIEW_STEP_BYTES],
    ]);
  });

  it('reads a picture whole and shows it as what its bytes are', async () => {
    const { loader } = createLoader({ '/p.html': bytes(PNG + 'x'.repeat(300 * 1024)) });
    await loader.load({ path: '/p.html' });
    const preview = loader.preview();
    if (preview.kind !== 'image') throw new Error(preview.kind);
    expect(preview.url).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
    expect(atob(preview.url.split(',')[1]!)).toHaveLength(300 * 1024 + PNG.length);
  });

  it('reads no picture that is too large to show', async () => {
    const large = new Uint8Array(IMAGE_MAX_BYTES + 1);
    large.set(bytes(PNG));
    const { loader, asked } = createLoader({ '/p.png': large });
    await loader.load({ path: '/p.png' });
    expect(loader.preview()).toMatchObject({ kind: 'large-image' });
    expect(asked).toHaveLength(1);
  });

  it('decodes no picture of more pixels than a browser should hold', async () => {
    const { loader, asked } = createLoader({ '/bomb': bytes(BOMB) });
    await loader.load({ path: '/bomb' });
    expect(loader.preview()).toMatchObject({ kind: 'large-image' });
    expect(asked).toHaveLength(1);
  });

  it('tells what is empty, binary, or gone', async () => {
    const { loader } = createLoader({ '/empty': bytes(''), '/bin': bytes('\x7fELF\0') });
    await loader.load({ path: '/empty' });
    expect(loader.preview()).toEqual({ kind: 'empty' });
    await loader.load({ path: '/bin' });
    expect(loader.preview()).toEqual({ kind: 'binary', size: 5 });
    await loader.load({ path: '/gone' });
    const problem = 'It is not there any more.';
    expect(loader.preview()).toEqual({ kind: 'failed', problem });
  });

  it('shows the last file that was asked for, whichever answers last', async () => {
    const { loader, hold } = createLoader({ '/slow': bytes('slow'), '/fast': bytes('fast') });
    const release = hold('/slow');
    const slow = loader.load({ path: '/slow' });
    await loader.load({ path: '/fast' });
    release();
    await slow;
    expect(loader.preview()).toMatchObject({ lines: ['fast'] });
  });
});
