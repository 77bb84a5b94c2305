import type { ElementRef } from '@angular/core';
import {
  afterNextRender,
  Component,
  computed,
  DestroyRef,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { AuditEntry } from './audit-entry';
import { rowWindow, scrollTopToShow } from './row-window';
import type { AuditRow } from './rows';

/** Heights of a row in CSS pixels; all are equal, so that only those that are seen need to be drawn. */
const LINE_HEIGHT = 46;
const CARD_HEIGHT = 98;
/** Below this width there is no room for columns. */
const CARDS_BELOW = 620;
/** Below this one they are narrow. */
const NARROW_BELOW = 960;
/** Scrolled less than this is not scrolled. */
const TOP_SLACK = 4;
/** The next page is asked for when so little is left to scroll. */
const MORE_WITHIN = 600;

/** The records as a table of which only the part on screen exists; the page owns which row is active. */
@Component({
  selector: 'app-audit-list',
  imports: [AuditEntry],
  templateUrl: './audit-list.html',
  styleUrl: './audit-list.css',
})
export class AuditList {
  readonly rows = input.required<readonly AuditRow[]>();
  readonly now = input.required<number>();
  /** Key of the row that the keyboard is at; null: none. */
  readonly active = input.required<number | null>();
  /** Whether `wanted` is of use. */
  readonly hasMore = input.required<boolean>();

  /** A row is to be shown whole. */
  readonly opened = output<AuditRow>();
  /** Older rows are wanted. */
  readonly wanted = output();
  /** Whether the newest row is out of sight. */
  readonly scrolled = output<boolean>();

  private readonly grid = viewChild.required<ElementRef<HTMLElement>>('grid');
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly scrollTop = signal(0);
  private readonly size = signal({ width: 1_000, height: 0 });

  protected readonly isCards = computed(() => this.size().width < CARDS_BELOW);
  protected readonly isNarrow = computed(() => this.size().width < NARROW_BELOW);
  protected readonly rowHeight = computed(() => (this.isCards() ? CARD_HEIGHT : LINE_HEIGHT));
  protected readonly window = computed(() =>
    rowWindow({
      count: this.rows().length,
      rowHeight: this.rowHeight(),
      scrollTop: this.scrollTop(),
      height: this.size().height,
    }),
  );
  protected readonly drawn = computed(() =>
    this.rows().slice(this.window().from, this.window().to),
  );
  protected readonly activeId = computed(() => {
    const isDrawn = this.drawn().some(({ key }) => key === this.active());
    return isDrawn ? rowId(this.active()) : null;
  });

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const scroller = this.scroller().nativeElement;
      const observer = new ResizeObserver(() => {
        this.size.set({ width: scroller.clientWidth, height: scroller.clientHeight });
      });
      observer.observe(scroller);
      destroyed.onDestroy(() => {
        observer.disconnect();
      });
    });
  }

  /** Scrolls as little as makes row `index` seen, and takes the focus. */
  show(index: number): void {
    const scroller = this.scroller().nativeElement;
    scroller.scrollTop = scrollTopToShow(index, {
      rowHeight: this.rowHeight(),
      scrollTop: scroller.scrollTop,
      height: scroller.clientHeight,
    });
    this.read();
  }

  showNewest(): void {
    this.scroller().nativeElement.scrollTop = 0;
    this.read();
  }

  focus(): void {
    this.grid().nativeElement.focus({ preventScroll: true });
  }

  /** Rows that fit on the screen, for paging by keys. */
  pageRows(): number {
    return Math.max(1, Math.floor(this.size().height / this.rowHeight()) - 1);
  }

  protected read(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller().nativeElement;
    this.scrollTop.set(scrollTop);
    this.scrolled.emit(scrollTop > TOP_SLACK);
    if (this.hasMore() && scrollTop + clientHeight > scrollHeight - MORE_WITHIN) {
      this.wanted.emit();
    }
  }

  protected rowId(key: number): string {
    return rowId(key);
  }
}

function rowId(key: number | null): string {
  return `record-${String(key)}`;
}
