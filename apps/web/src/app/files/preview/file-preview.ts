import {
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { Icon } from '../../ui/icon';
import { visibleText } from '../../ui/visible-text';
import { FileActions } from '../file-actions';
import { PanelSettings } from '../panel-settings';
import { byteSize } from '../places/byte-size';
import { FilesApi } from '../places/files-api';
import type { EntryRow } from '../tree/tree-rows';
import { TextChunk } from './text-chunk';
import type { Chunk } from './text-chunk';
import { PreviewLoader, TEXT_MAX_BYTES } from './preview-loader';

/** Lines that are drawn together, and not while they are off the screen. */
const CHUNK_LINES = 250;
const NAME_MAX_CHARS = 200;

const IMAGE_NAMES = {
  'image/png': 'PNG picture',
  'image/jpeg': 'JPEG picture',
  'image/gif': 'GIF picture',
  'image/webp': 'WebP picture',
  'image/avif': 'AVIF picture',
} as const;

/** A file's content as text or picture; of all else what is known about it. */
@Component({
  selector: 'app-file-preview',
  imports: [Icon, TextChunk],
  providers: [PreviewLoader],
  host: {
    'data-testid': 'file-preview',
    role: 'region',
    '[attr.aria-label]': "'Preview of ' + name()",
  },
  templateUrl: './file-preview.html',
  styleUrl: './file-preview.css',
})
export class FilePreview {
  private readonly loader = inject(PreviewLoader);
  private readonly api = inject(FilesApi);
  protected readonly actions = inject(FileActions);
  protected readonly settings = inject(PanelSettings);

  readonly row = input.required<EntryRow>();
  /** Whether it fills the room of the panes, too. */
  readonly isLarge = input(false);

  readonly closed = output();
  readonly resized = output();

  protected readonly preview = this.loader.preview;
  protected readonly name = computed(() => visibleText(this.row().name, NAME_MAX_CHARS));
  protected readonly downloadUrl = computed(() => this.api.downloadUrl(this.row().ref));
  /** Of a text. */
  protected readonly chunks = computed<readonly Chunk[]>(() => {
    const preview = this.preview();
    if (preview.kind !== 'text') return [];
    const chunks: Chunk[] = [];
    for (let at = 0; at < preview.lines.length; at += CHUNK_LINES) {
      chunks.push({ from: at + 1, lines: preview.lines.slice(at, at + CHUNK_LINES) });
    }
    return chunks;
  });
  /** Room for the longest line number, in characters. */
  protected readonly numberWidth = computed(() => {
    const preview = this.preview();
    return String(preview.kind === 'text' ? preview.lines.length : 0).length;
  });
  protected readonly dimensions = signal('');
  protected readonly isDamaged = signal(false);
  protected readonly facts = computed(() => this.factsNow().join(' · '));

  constructor() {
    effect(() => {
      const { ref } = this.row();
      untracked(() => {
        this.dimensions.set('');
        this.isDamaged.set(false);
        void this.loader.load(ref);
      });
    });
  }

  protected more(): void {
    void this.loader.more();
  }

  protected reload(): void {
    void this.loader.load(this.row().ref);
  }

  /** How much of a text is not shown yet; null when all is. */
  protected rest(): string | null {
    const preview = this.preview();
    if (preview.kind !== 'text' || preview.bytes.length >= preview.size) return null;
    return byteSize(preview.size - preview.bytes.length);
  }

  protected mayReadOn(): boolean {
    const preview = this.preview();
    return preview.kind === 'text' && preview.bytes.length < TEXT_MAX_BYTES;
  }

  protected size(bytes: number): string {
    return byteSize(bytes);
  }

  protected measured({ target }: Event): void {
    if (!(target instanceof HTMLImageElement)) return;
    this.dimensions.set(`${String(target.naturalWidth)} × ${String(target.naturalHeight)} pixels`);
  }

  private factsNow(): readonly string[] {
    const preview = this.preview();
    const { entry } = this.row();
    const changed = entry === undefined ? [] : [`changed ${dateText(entry.modified)}`];
    switch (preview.kind) {
      case 'text': {
        const ends = preview.isCrlf ? ['CRLF line ends'] : [];
        const bytes = preview.hasBadBytes ? ['some bytes are no UTF-8, shown as \ufffd'] : [];
        const isWhole = preview.bytes.length >= preview.size;
        const lines = isWhole ? [lineCount(preview.lines.length)] : [];
        return [byteSize(preview.size), ...lines, ...ends, ...bytes, ...changed];
      }
      case 'image': {
        const dimensions = this.dimensions() === '' ? [] : [this.dimensions()];
        return [IMAGE_NAMES[preview.type], ...dimensions, byteSize(preview.size), ...changed];
      }
      case 'large-image':
        return [IMAGE_NAMES[preview.type], byteSize(preview.size), ...changed];
      case 'binary':
        return [byteSize(preview.size), ...changed];
      case 'empty':
        return ['0 bytes', ...changed];
      default:
        return changed;
    }
  }
}

function lineCount(lines: number): string {
  return lines === 1 ? '1 line' : `${lines.toLocaleString('en')} lines`;
}

function dateText(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
