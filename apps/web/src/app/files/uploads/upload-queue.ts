import { computed, DOCUMENT, inject, Service, signal } from '@angular/core';
import { Notices } from '../../ui/notices';
import { sanitizeTitle } from '../../ui/title-text';
import { byteSize } from '../places/byte-size';
import { refKey } from '../places/file-ref';
import type { FileRef } from '../places/file-ref';
import { freeName } from './free-name';
import { UPLOAD_TRANSPORT } from './chosen-transport';
import type { UploadFailure, UploadHandle } from './upload-transport';

/** Uploads under way at once; the browser has six connections per host, one is the stream. */
const ACTIVE_MAX = 2;
/** Files that may be in the list; more are refused with words. */
const ITEMS_MAX = 200;

export type UploadStatus =
  | 'waiting'
  | 'sending'
  /** Nothing answers; it goes on by itself. */
  | 'interrupted'
  | 'paused'
  /** There is a file of that name: the person decides. */
  | 'asking'
  | 'failed'
  /** Never sent, and no use to try again. */
  | 'refused'
  | 'done';

export interface UploadItem {
  readonly id: number;
  readonly file: File;
  readonly directory: FileRef;
  /** What it will be called there. */
  readonly name: string;
  readonly overwrite: boolean;
  readonly sentBytes: number;
  readonly status: UploadStatus;
  /** For people; empty while all is well. */
  readonly problem: string;
  /** Whether it failed only because nothing answered. */
  readonly isLost: boolean;
}

/** What to do about a name that is taken. */
export type ConflictAnswer = 'replace' | 'keep-both' | 'skip';

const ENDED: readonly UploadStatus[] = ['done', 'refused'];

/** Files on their way to the server, in the order they were given; lives as long as the page. */
@Service()
export class UploadQueue {
  private readonly transport = inject(UPLOAD_TRANSPORT);
  private readonly notices = inject(Notices);

  private readonly all = signal<readonly UploadItem[]>([]);
  private readonly handles = new Map<number, UploadHandle>();
  private readonly arrivals = signal<FileRef | null>(null);
  private nextId = 1;
  private watchers = 0;

  readonly items = this.all.asReadonly();
  /** The directory of the last upload that was done; a new object each time. */
  readonly arrived = this.arrivals.asReadonly();
  /** Whether leaving the page would stop something. */
  readonly isBusy = computed(() =>
    this.all().some(({ status }) => ['waiting', 'sending', 'interrupted'].includes(status)),
  );
  readonly hasEnded = computed(() => this.all().some(({ status }) => ENDED.includes(status)));

  constructor() {
    inject(DOCUMENT).defaultView?.addEventListener('beforeunload', (event) => {
      if (this.isBusy()) event.preventDefault();
    });
  }

  /**
   * Queues files for a directory.
   *
   * @param maxBytes most of one file
   * @returns how many the list had no room for
   */
  add(files: readonly File[], directory: FileRef, maxBytes: number): number {
    const room = Math.max(0, ITEMS_MAX - this.all().length);
    const items = files.slice(0, room).map((file): UploadItem => {
      const isTooLarge = file.size > maxBytes;
      const problem = isTooLarge
        ? `It has ${byteSize(file.size)}; at most ${byteSize(maxBytes)} are taken.`
        : unsendable(directory);
      const status: UploadStatus = problem === '' ? 'waiting' : 'refused';
      const { name } = file;
      const id = this.nextId++;
      const untouched = { overwrite: false, sentBytes: 0, isLost: false };
      return { id, file, directory, name, status, problem, ...untouched };
    });
    this.all.update((all) => [...all, ...items]);
    this.pump();
    return files.length - items.length;
  }

  pause(id: number): void {
    this.handles.get(id)?.pause();
    this.change(id, { status: 'paused', problem: '' });
    this.pump();
  }

  /** Goes on with what was paused or has failed. */
  resume(id: number): void {
    this.change(id, { status: 'waiting', problem: '' });
    this.pump();
  }

  /** Goes on with what failed because nothing answered, now that something does. */
  resumeLost(): void {
    for (const { id, status, isLost } of this.all()) {
      if (status === 'failed' && isLost) this.resume(id);
    }
  }

  /** Says that the list is on the screen, where failures are seen. @returns to be called when it goes */
  watch(): () => void {
    this.watchers++;
    return () => this.watchers--;
  }

  /** Takes it out of the list, and what was sent of it off the server. */
  cancel(id: number): void {
    this.handles.get(id)?.cancel();
    this.remove(id);
    this.pump();
  }

  /**
   * The person's answer about a name that is taken.
   *
   * @param taken names in that directory
   */
  decide(id: number, answer: ConflictAnswer, taken: ReadonlySet<string>): void {
    if (answer === 'skip') {
      this.cancel(id);
      return;
    }
    // What the server has so far is for the other name, or was not allowed to replace.
    this.handles.get(id)?.cancel();
    this.handles.delete(id);
    const item = this.find(id);
    if (item === undefined) return;
    const isReplaced = answer === 'replace';
    const name = isReplaced
      ? item.name
      : freeName(item.name, new Set([...taken, ...this.namesFor(item.directory)]));
    this.change(id, { name, overwrite: isReplaced, sentBytes: 0, status: 'waiting', problem: '' });
    this.pump();
  }

  /** Forgets those that are done or refused. */
  clearEnded(): void {
    for (const { id, status } of this.all()) if (ENDED.includes(status)) this.remove(id);
  }

  private namesFor(directory: FileRef): readonly string[] {
    const key = refKey(directory);
    return this.all()
      .filter((item) => refKey(item.directory) === key)
      .map(({ name }) => name);
  }

  private pump(): void {
    const active = this.all().filter(({ status }) =>
      ['sending', 'interrupted'].includes(status),
    ).length;
    const waiting = this.all().filter(({ status }) => status === 'waiting');
    for (const item of waiting.slice(0, Math.max(0, ACTIVE_MAX - active))) this.send(item);
  }

  private send(item: UploadItem): void {
    const { id, file, directory, name, overwrite } = item;
    this.change(id, { status: 'sending' });
    const known = this.handles.get(id);
    if (known !== undefined) {
      known.resume();
      return;
    }
    const task = { file, directory: directory.path, name, overwrite };
    const handle: UploadHandle = this.transport.start(task, {
      progress: (sentBytes) => {
        if (this.isCurrent(id, handle)) this.change(id, { sentBytes, status: 'sending' });
      },
      interrupted: () => {
        if (this.isCurrent(id, handle)) this.change(id, { status: 'interrupted' });
      },
      done: () => {
        if (!this.isCurrent(id, handle)) return;
        this.handles.delete(id);
        this.change(id, { sentBytes: file.size, status: 'done' });
        this.arrivals.set({ ...directory });
        this.pump();
      },
      failed: (failure) => {
        if (this.isCurrent(id, handle)) this.fail(id, failure);
      },
    });
    this.handles.set(id, handle);
  }

  private fail(id: number, { kind, message }: UploadFailure): void {
    const status: UploadStatus = kind === 'conflict' ? 'asking' : 'failed';
    this.change(id, { status, problem: message, isLost: kind === 'lost' });
    if (this.watchers === 0) this.tell(id, message);
    this.pump();
  }

  /** With the panel closed nobody would see it. */
  private tell(id: number, message: string): void {
    const name = sanitizeTitle(this.find(id)?.name ?? '');
    const text = `${name} was not uploaded: ${message} Open the files to decide what to do.`;
    this.notices.push({ level: 'warning', message: text });
  }

  /** Whether news of a transfer are news of its item: not once it was given up, or is paused. */
  private isCurrent(id: number, handle: UploadHandle): boolean {
    const status = this.find(id)?.status;
    return this.handles.get(id) === handle && (status === 'sending' || status === 'interrupted');
  }

  private find(id: number): UploadItem | undefined {
    return this.all().find((item) => item.id === id);
  }

  private change(id: number, change: Partial<UploadItem>): void {
    this.all.update((all) => all.map((item) => (item.id === id ? { ...item, ...change } : item)));
  }

  private remove(id: number): void {
    this.handles.delete(id);
    this.all.update((all) => all.filter((item) => item.id !== id));
  }
}

/** A directory whose name is no text cannot be named in an upload. */
function unsendable({ path64 }: FileRef): string {
  return path64 === undefined ? '' : 'The directory’s name is no UTF-8: nothing can be sent there.';
}
