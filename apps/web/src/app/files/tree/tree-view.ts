import { MediaMatcher } from '@angular/cdk/layout';
import { CdkContextMenuTrigger } from '@angular/cdk/menu';
import {
  afterNextRender,
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { Icon } from '../../ui/icon';
import type { IconName } from '../../ui/icon-paths';
import { visibleText } from '../../ui/visible-text';
import { FileMenu } from '../file-menu';
import { FilePlaces } from '../file-places';
import { byteSize } from '../places/byte-size';
import { blockedReason } from '../places/file-problem';
import { FileTree } from './file-tree';
import { findTyped, treeMove } from './tree-keys';
import type { EntryRow, TreeRow } from './tree-rows';

const ROW_PX = 26;
const TOUCH_ROW_PX = 40;
/** Rows that are drawn above and below what is seen. */
const MARGIN_ROWS = 10;
/** Before the room is measured. */
const FIRST_ROWS = 60;
/** Letters typed within this time are one word. */
const WORD_MS = 700;
const NAME_MAX_CHARS = 200;

/** A row with its place from above. */
interface PlacedRow {
  readonly row: TreeRow;
  readonly top: number;
}

/** The tree of files. Only the rows that are seen are drawn. */
@Component({
  selector: 'app-tree-view',
  imports: [CdkContextMenuTrigger, FileMenu, Icon],
  templateUrl: './tree-view.html',
  styleUrl: './tree-view.css',
  host: {
    '(scroll)': 'scrolled()',
    '(focusin)': 'focusCame()',
    '(focusout)': 'focusLeft($event)',
  },
})
export class TreeView {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly document = inject(DOCUMENT);
  private readonly places = inject(FilePlaces);
  protected readonly tree = inject(FileTree);

  /** The key of the row that files would be dropped on. */
  readonly dropTarget = input<string | null>(null);

  /** A file is to be looked at. */
  readonly opened = output<EntryRow>();
  /** Files are to be sent to a directory. */
  readonly uploadAsked = output<EntryRow>();
  /** The person is done here: back to the terminal. */
  readonly left = output();

  private readonly list = viewChild.required<ElementRef<HTMLElement>>('list');
  private readonly scrollTop = signal(0);
  private readonly room = signal(0);
  private typed = { text: '', at: 0 };
  /** Whether the keyboard is meant to be here. */
  private keepsFocus = false;
  /** What had the keyboard when it was asked for and there was no row yet. */
  private askedAt: Element | null = null;

  protected readonly rowPx = inject(MediaMatcher).matchMedia('(pointer: coarse)').matches
    ? TOUCH_ROW_PX
    : ROW_PX;
  protected readonly heightPx = computed(() => this.tree.rows().length * this.rowPx);
  protected readonly visible = computed<readonly PlacedRow[]>(() => {
    const first = Math.floor(this.scrollTop() / this.rowPx) - MARGIN_ROWS;
    const count = this.room() === 0 ? FIRST_ROWS : Math.ceil(this.room() / this.rowPx);
    const last = first + count + 2 * MARGIN_ROWS;
    // The chosen one always: it may have the focus, which must not be lost by scrolling.
    const selected = this.tree.selected()?.key;
    return this.tree
      .rows()
      .map((row, index) => ({ row, top: index * this.rowPx, index }))
      .filter(({ row, index }) => (index >= first && index <= last) || row.key === selected);
  });
  /** The row that Tab leads to. */
  protected readonly tabStop = computed(
    () => (this.tree.selected() ?? this.tree.entries()[0])?.key ?? null,
  );

  constructor() {
    this.keepFocus();
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const observer = new ResizeObserver(() => {
        this.room.set(this.host.clientHeight);
      });
      observer.observe(this.host);
      destroyed.onDestroy(() => {
        observer.disconnect();
      });
    });
  }

  /** Gives the keyboard to the chosen row, and brings it into view; as soon as there is one. */
  focus(): void {
    this.afterRender((row) => {
      if (row === null) this.askedAt = this.document.activeElement;
      else row.focus({ preventScroll: true });
    });
  }

  protected focusCame(): void {
    this.keepsFocus = true;
    this.askedAt = null;
  }

  /** The keyboard went somewhere by somebody's wish, and not because a row was drawn anew. */
  protected focusLeft({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node) this.keepsFocus = this.host.contains(relatedTarget);
  }

  /** Rows that come late, or are drawn anew, must not lose the keyboard. */
  private keepFocus(): void {
    effect(() => {
      this.visible();
      untracked(() => {
        afterNextRender(
          () => {
            const { activeElement, body } = this.document;
            const isAwaited = this.askedAt !== null && this.askedAt === activeElement;
            if (!isAwaited && !(this.keepsFocus && activeElement === body)) return;
            this.chosenRow()?.focus({ preventScroll: true });
          },
          { injector: this.injector },
        );
      });
    });
  }

  /** Brings the chosen row into view without taking the keyboard. */
  showSelected(): void {
    this.afterRender(() => undefined);
  }

  /** The row at a point of the page. */
  rowAt(element: Element | null): EntryRow | null {
    const key = element?.closest<HTMLElement>('[data-key]')?.dataset['key'];
    return this.tree.entries().find((row) => row.key === key) ?? null;
  }

  protected scrolled(): void {
    this.scrollTop.set(this.host.scrollTop);
  }

  protected press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest('button') !== null) return;
    const rows = this.tree.entries();
    const current = this.tree.selected() ?? rows[0] ?? null;
    if (event.key === 'Escape') {
      this.left.emit();
    } else {
      const move = treeMove(event.key, rows, current);
      if (move !== null) this.make(move.kind, move.row);
      else if (event.key.length !== 1) return;
      else this.find(event, rows, current);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  protected choose(row: EntryRow): void {
    this.tree.select(row);
    this.open(row);
    this.focus();
  }

  protected openMenu(event: Event, row: EntryRow, menu: CdkContextMenuTrigger): void {
    event.stopPropagation();
    this.tree.select(row);
    if (!(event.currentTarget instanceof HTMLElement)) return;
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    menu.open({ x: left, y: bottom + 2 });
  }

  /** Once the menu is gone, and unless what was chosen gave the keyboard to somebody else. */
  protected afterMenu(): void {
    setTimeout(() => {
      if (this.document.activeElement === this.document.body) this.focus();
    });
  }

  protected label(row: EntryRow): string {
    return visibleText(row.name, NAME_MAX_CHARS);
  }

  /** What a root is: its name may say little. */
  protected detail(row: EntryRow): string {
    const path = visibleText(row.ref.path, NAME_MAX_CHARS);
    return row.type === 'root' && path !== this.label(row) ? path : '';
  }

  protected size(row: EntryRow): string {
    return row.entry?.kind === 'file' ? byteSize(row.entry.size) : '';
  }

  protected date(row: EntryRow): string {
    if (row.entry === undefined) return '';
    return new Date(row.entry.modified).toLocaleDateString('en-GB', { dateStyle: 'medium' });
  }

  protected blocked(row: EntryRow): { readonly short: string; readonly text: string } | null {
    return row.entry?.blocked === undefined ? null : blockedReason(row.entry.blocked);
  }

  /** Whether it is the active pane's working directory. */
  protected isPanes(row: EntryRow): boolean {
    return row.isDirectory && row.ref.path === this.places.paneDirectory();
  }

  protected icon(row: EntryRow): IconName {
    if (row.type === 'root') return row.root.kind === 'session' ? 'terminal' : 'folder';
    if (row.entry?.kind === 'symlink') return 'link';
    if (this.blocked(row) !== null) return 'lock';
    return row.isDirectory ? 'folder' : 'file';
  }

  protected retry(row: TreeRow): void {
    void this.tree.list(row.ref);
  }

  private open(row: EntryRow): void {
    if (row.isDirectory) this.tree.toggle(row);
    else if (row.entry?.blocked === undefined) this.opened.emit(row);
  }

  private make(kind: 'select' | 'expand' | 'collapse' | 'open', row: EntryRow): void {
    if (kind === 'expand') void this.tree.expand(row);
    else if (kind === 'collapse') this.tree.collapse(row);
    else if (kind === 'open') this.open(row);
    this.tree.select(row);
    this.focus();
  }

  private find(event: KeyboardEvent, rows: readonly EntryRow[], current: EntryRow | null): void {
    const isSameWord = event.timeStamp - this.typed.at < WORD_MS;
    this.typed = { text: (isSameWord ? this.typed.text : '') + event.key, at: event.timeStamp };
    const found = findTyped(this.typed.text, rows, current);
    if (found !== null) this.make('select', found);
  }

  private afterRender(act: (row: HTMLElement | null) => void): void {
    afterNextRender(
      () => {
        const row = this.chosenRow();
        row?.scrollIntoView({ block: 'nearest' });
        act(row);
      },
      { injector: this.injector },
    );
  }

  private chosenRow(): HTMLElement | null {
    const key = this.tabStop();
    const rows = this.list().nativeElement.querySelectorAll<HTMLElement>('[data-key]');
    return Array.from(rows).find(({ dataset }) => dataset['key'] === key) ?? null;
  }
}
