import { computed, inject, Service } from '@angular/core';
import { Notices } from '../../ui/notices';
import { visibleText } from '../../ui/visible-text';
import { FilePlaces } from '../file-places';
import { FileTree } from '../tree/file-tree';
import type { EntryRow } from '../tree/tree-rows';
import { droppedFiles } from './dropped-files';
import { UploadQueue } from './upload-queue';

const NAME_MAX_CHARS = 80;

/** Where the panel may send files, and how it says why not. */
@Service({ autoProvided: false })
export class PanelUploads {
  private readonly places = inject(FilePlaces);
  private readonly tree = inject(FileTree);
  private readonly queue = inject(UploadQueue);
  private readonly notices = inject(Notices);

  /** The chosen directory, where it takes files. */
  readonly directory = computed(() => {
    const row = this.tree.directory();
    return row !== null && this.takesFiles(row) ? row : null;
  });

  /** The directory that files dropped on a row would go to; null: they are not taken there. */
  targetOf(row: EntryRow | null): EntryRow | null {
    const directory = row === null || row.isDirectory ? row : this.tree.parentOf(row);
    const wanted = directory ?? this.tree.directory();
    return wanted !== null && this.takesFiles(wanted) ? wanted : null;
  }

  drop(transfer: DataTransfer | null, target: EntryRow | null): void {
    if (target === null) {
      this.warn('Nothing was sent: files cannot be put into this directory.');
      return;
    }
    const { files, directories } = droppedFiles(transfer);
    if (directories.length > 0) {
      const names = directories.map((name) => visibleText(name, NAME_MAX_CHARS)).join(', ');
      this.warn(`Not sent: ${names}. Directories are not taken; drop the files in them.`);
    }
    this.send(files, target);
  }

  send(files: readonly File[], { ref }: EntryRow): void {
    const maxBytes = this.places.uploadMaxBytes();
    if (maxBytes === null || files.length === 0) return;
    const left = this.queue.add(files, ref, maxBytes);
    if (left > 0) this.warn(`${String(left)} files were left out: send the first ones first.`);
  }

  private takesFiles({ ref, root }: EntryRow): boolean {
    if (this.places.uploadMaxBytes() === null) return false;
    return this.tree.viewOf(ref)?.upload ?? root.upload;
  }

  private warn(message: string): void {
    this.notices.push({ level: 'warning', message });
  }
}
