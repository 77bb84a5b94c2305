import { Component, DestroyRef, inject } from '@angular/core';
import { Icon } from '../../ui/icon';
import { visibleText } from '../../ui/visible-text';
import { byteSize } from '../places/byte-size';
import { lastName } from '../places/file-ref';
import { FileTree } from '../tree/file-tree';
import { UploadQueue } from './upload-queue';
import type { ConflictAnswer, UploadItem } from './upload-queue';

const NAME_MAX_CHARS = 200;

/** Files on their way to the server, each with what can be done about it. */
@Component({
  selector: 'app-upload-list',
  imports: [Icon],
  host: { 'data-testid': 'uploads', role: 'region', 'aria-label': 'Uploads' },
  templateUrl: './upload-list.html',
  styleUrl: './upload-list.css',
})
export class UploadList {
  private readonly tree = inject(FileTree);
  protected readonly queue = inject(UploadQueue);

  constructor() {
    inject(DestroyRef).onDestroy(this.queue.watch());
  }

  protected name(item: UploadItem): string {
    return visibleText(item.name, NAME_MAX_CHARS);
  }

  protected percent({ file, sentBytes }: UploadItem): number {
    return file.size === 0 ? 0 : Math.floor((100 * sentBytes) / file.size);
  }

  protected state(item: UploadItem): string {
    const all = byteSize(item.file.size);
    const progress = `${byteSize(item.sentBytes)} of ${all}`;
    switch (item.status) {
      case 'waiting':
        return `${all} · waiting`;
      case 'sending':
        return `${progress} · to ${this.place(item)}`;
      case 'interrupted':
        return `${progress} · the server does not answer; it goes on by itself`;
      case 'paused':
        return `${progress} · paused`;
      case 'done':
        return `${all} · in ${this.place(item)}`;
      case 'asking':
        return `There is something of this name in ${this.place(item)}.`;
      case 'failed':
      case 'refused':
        return item.problem;
    }
  }

  protected decide(item: UploadItem, answer: ConflictAnswer): void {
    const entries = this.tree.viewOf(item.directory)?.entries ?? [];
    this.queue.decide(item.id, answer, new Set(entries.map(({ name }) => name)));
  }

  private place({ directory }: UploadItem): string {
    return visibleText(lastName(directory.path), NAME_MAX_CHARS);
  }
}
