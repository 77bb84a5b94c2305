import { inject, Service, signal } from '@angular/core';
import { fileProblem } from '../places/file-problem';
import { FilesApi } from '../places/files-api';
import type { FileRef } from '../places/file-ref';
import { contentKind } from './content-kind';
import type { ImageType } from './content-kind';
import { imageSize, pixels } from './image-size';
import { textLines } from './text-lines';
import type { TextLines } from './text-lines';

/** Read at first, and again each time the person wants more. */
export const PREVIEW_STEP_BYTES = 256 * 1024;
/** A text is shown this far; the rest is for who downloads it, or opens it in a pane. */
export const TEXT_MAX_BYTES = 2 * 1024 * 1024;
/** Larger pictures are not shown: they are held in memory, and once more as text. */
export const IMAGE_MAX_BYTES = 8 * 1024 * 1024;

/** Each takes four bytes once a browser has decoded it. */
export const IMAGE_MAX_PIXELS = 64_000_000;

/** What is known of a file's content. */
export type Preview =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'binary'; readonly size: number }
  | { readonly kind: 'large-image'; readonly size: number; readonly type: ImageType }
  | {
      readonly kind: 'image';
      readonly size: number;
      readonly type: ImageType;
      /** A `data:` address, with a type that we told from the bytes. */
      readonly url: string;
    }
  | ({
      readonly kind: 'text';
      readonly size: number;
      /** What has been read. */
      readonly bytes: Uint8Array;
      readonly isReading: boolean;
      /** Why reading on failed; empty while it did not. */
      readonly problem: string;
    } & TextLines);

/** Reads the file that is previewed; of several that are asked for, only the last one is shown. */
@Service({ autoProvided: false })
export class PreviewLoader {
  private readonly api = inject(FilesApi);

  private readonly shown = signal<Preview>({ kind: 'loading' });
  private ref: FileRef | null = null;
  private turn = 0;

  readonly preview = this.shown.asReadonly();

  async load(ref: FileRef): Promise<void> {
    const turn = ++this.turn;
    this.ref = ref;
    this.shown.set({ kind: 'loading' });
    let preview: Preview;
    try {
      preview = await this.read(ref);
    } catch (error) {
      preview = { kind: 'failed', problem: fileProblem(error) };
    }
    if (turn === this.turn) this.shown.set(preview);
  }

  /** Reads on in a text. */
  async more(): Promise<void> {
    const before = this.shown();
    const { ref, turn } = this;
    if (ref === null || before.kind !== 'text' || before.isReading) return;
    this.shown.set({ ...before, isReading: true, problem: '' });
    let next: Preview;
    try {
      const part = await this.api.read(ref, before.bytes.length, PREVIEW_STEP_BYTES);
      // A file that ends sooner than it did has been cut meanwhile: it is read to its new end.
      const size = part.bytes.length === 0 ? before.bytes.length : part.size;
      const all = joined(before.bytes, part.bytes);
      next = textPreview(all, size);
    } catch (error) {
      next = { ...before, problem: fileProblem(error) };
    }
    if (turn === this.turn) this.shown.set(next);
  }

  private async read(ref: FileRef): Promise<Preview> {
    const { bytes, size } = await this.api.read(ref, 0, PREVIEW_STEP_BYTES);
    if (bytes.length === 0) return { kind: 'empty' };
    const content = contentKind(bytes);
    if (content.kind === 'binary') return { kind: 'binary', size };
    if (content.kind === 'text') return textPreview(bytes, size);
    const { type } = content;
    const dimensions = imageSize(bytes, type);
    const isTooLarge = dimensions === null || pixels(dimensions) > IMAGE_MAX_PIXELS;
    if (size > IMAGE_MAX_BYTES || isTooLarge) return { kind: 'large-image', size, type };
    const rest =
      size > bytes.length
        ? (await this.api.read(ref, bytes.length, size - bytes.length)).bytes
        : new Uint8Array();
    return { kind: 'image', size, type, url: await dataUrl(joined(bytes, rest), type) };
  }
}

function textPreview(bytes: Uint8Array, size: number): Preview {
  const lines = textLines(bytes, bytes.length >= size);
  return { kind: 'text', size, bytes, isReading: false, problem: '', ...lines };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** The policy of our pages lets pictures come as `data:`, not as `blob:`. */
function dataUrl(bytes: Uint8Array<ArrayBuffer>, type: ImageType): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(typeof reader.result === 'string' ? reader.result : '');
    };
    reader.onerror = () => {
      reject(reader.error ?? new Error('The picture could not be read.'));
    };
    reader.readAsDataURL(new Blob([bytes], { type }));
  });
}
