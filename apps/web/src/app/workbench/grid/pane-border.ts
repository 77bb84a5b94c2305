import { Component, computed, DestroyRef, DOCUMENT, inject, input, signal } from '@angular/core';
import { CellMetrics } from '../../terminal/cell-metrics';
import { SessionCommands } from '../session-commands';
import type { Border, BorderDrag } from './geometry';
import { Throttle } from './throttle';

/** tmux redraws every program at each step; more often than this only makes them stutter. */
const RESIZE_EVERY_MS = 80;

/** The gap between two panes: a thin line that is dragged, or moved with the arrow keys. */
@Component({
  selector: 'app-pane-border',
  host: {
    'data-testid': 'border',
    role: 'separator',
    '[attr.data-orientation]': 'border().orientation',
    '[attr.aria-orientation]': 'border().orientation',
    '[attr.aria-label]': 'label()',
    '[attr.aria-valuenow]': 'border().drag?.size',
    '[attr.tabindex]': 'canDrag() ? 0 : null',
    '[class]': 'border().orientation',
    '[class.fixed]': '!canDrag()',
    '[class.dragging]': 'moved() !== null',
    '[style.left.px]': 'place().left',
    '[style.top.px]': 'place().top',
    '[style.width.px]': 'place().width',
    '[style.height.px]': 'place().height',
    '(pointerdown)': 'begin($event)',
    '(keydown)': 'step($event)',
  },
  template: `@if (moved() !== null) {
    <div class="preview" [style.translate]="previewOffset()"></div>
  }`,
  styleUrl: './pane-border.css',
})
export class PaneBorder {
  private readonly document = inject(DOCUMENT);
  private readonly commands = inject(SessionCommands);

  readonly border = input.required<Border>();
  readonly stripRows = input.required<number>();
  readonly enabled = input.required<boolean>();

  protected readonly cell = inject(CellMetrics).cell;
  /** Cells the pointer is away from the gap now; null while it is not dragged. */
  protected readonly moved = signal<number | null>(null);
  protected readonly canDrag = computed(() => this.enabled() && this.border().drag !== null);
  protected readonly isVertical = computed(() => this.border().orientation === 'vertical');
  protected readonly label = computed(() => (this.isVertical() ? 'Column border' : 'Row border'));
  protected readonly previewOffset = computed(() => {
    const cells = this.moved() ?? 0;
    return this.isVertical()
      ? `${String(cells * this.cell().width)}px 0`
      : `0 ${String(cells * this.cell().height)}px`;
  });
  /** A vertical gap reaches up between the headers of the panes beside it. */
  protected readonly place = computed(() => {
    const { left, top, cols, rows } = this.border();
    const { width, height } = this.cell();
    const up = this.isVertical() ? 1 : 0;
    return {
      left: left * width,
      top: (top + this.stripRows() - up) * height,
      width: cols * width,
      height: this.isVertical() ? (rows + up) * height : height,
    };
  });

  private readonly throttle = new Throttle(RESIZE_EVERY_MS);
  private listening: AbortController | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.listening?.abort();
      this.throttle.cancel();
    });
  }

  protected begin(down: PointerEvent): void {
    const { drag } = this.border();
    if (!this.canDrag() || drag === null || down.button !== 0) return;
    down.preventDefault();
    this.listening?.abort();
    const listening = new AbortController();
    this.listening = listening;
    const options = { signal: listening.signal, capture: true };
    let lastSize = drag.size;
    const startedAt = this.position(down);
    const startedGap = this.gap();
    const { document } = this;
    document.addEventListener(
      'pointermove',
      (event) => {
        const cells = this.cellsBetween(startedAt, this.position(event));
        this.moved.set(startedGap + cells - this.gap());
        const size = Math.max(1, drag.size + drag.sign * cells);
        if (size === lastSize) return;
        lastSize = size;
        this.throttle.run(() => void this.resize(drag, size));
      },
      options,
    );
    const finish = (): void => {
      listening.abort();
      this.moved.set(null);
    };
    document.addEventListener('pointerup', finish, options);
    const cancel = (): void => {
      finish();
      this.throttle.cancel();
      if (lastSize !== drag.size) void this.resize(drag, drag.size);
    };
    document.addEventListener('pointercancel', cancel, options);
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        cancel();
      },
      options,
    );
  }

  protected step(event: KeyboardEvent): void {
    const { drag } = this.border();
    const [back, forward] = this.isVertical()
      ? ['ArrowLeft', 'ArrowRight']
      : ['ArrowUp', 'ArrowDown'];
    if (drag === null || (event.key !== back && event.key !== forward)) return;
    event.preventDefault();
    const by = event.key === forward ? drag.sign : -drag.sign;
    void this.resize(drag, Math.max(1, drag.size + by));
  }

  private resize(drag: BorderDrag, size: number): Promise<boolean> {
    return this.commands.run('resize-pane', {
      pane: drag.pane,
      ...(this.isVertical() ? { cols: size } : { rows: size }),
    });
  }

  private gap(): number {
    return this.isVertical() ? this.border().left : this.border().top;
  }

  private position(event: PointerEvent): number {
    return this.isVertical() ? event.clientX : event.clientY;
  }

  private cellsBetween(from: number, to: number): number {
    const cell = this.isVertical() ? this.cell().width : this.cell().height;
    return Math.round((to - from) / cell);
  }
}
