import { CdkContextMenuTrigger } from '@angular/cdk/menu';
import {
  afterNextRender,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { SessionStore } from '../../stream/session-store';
import { CellMetrics } from '../../terminal/cell-metrics';
import { PaneActions } from '../pane-actions';
import { PaneMenu } from '../pane-menu';
import { TerminalFocus } from '../terminal-focus';
import { ViewSettings } from '../view-settings';
import { DriverSize } from './driver-size';
import { cellsThatFit, fontThatFits, READABLE_FONT_SIZE } from './fit';
import type { PixelSize } from './fit';
import { FollowCursor } from './follow-cursor';
import type { Followed } from './follow-cursor';
import { gridView, paneFrames } from './grid-view';
import { PaneBorder } from './pane-border';
import { PaneFrame } from './pane-frame';
import { SwapDrag } from './swap-drag';

/** How long the driver's grid may be larger than its screen before it is shown smaller. */
const DRIVER_PATIENCE_MS = 500;

/** The panes of the session at tmux's cell positions; the current window's are shown. */
@Component({
  selector: 'app-pane-grid',
  imports: [CdkContextMenuTrigger, FollowCursor, PaneBorder, PaneFrame, PaneMenu],
  providers: [SwapDrag, DriverSize],
  templateUrl: './pane-grid.html',
  styleUrl: './pane-grid.css',
})
export class PaneGrid {
  private readonly store = inject(SessionStore);
  private readonly driverSize = inject(DriverSize);
  private readonly settings = inject(ViewSettings);
  private readonly metrics = inject(CellMetrics);
  protected readonly actions = inject(PaneActions);
  protected readonly focus = inject(TerminalFocus);

  private readonly viewport = viewChild.required<ElementRef<HTMLElement>>('viewport');

  protected readonly cell = this.metrics.cell;
  protected readonly frames = computed(() => paneFrames(this.store.windows(), this.store.panes()));
  protected readonly grid = computed(() => {
    const window = this.store.currentWindow();
    return window === null ? null : gridView(window);
  });
  protected readonly sheet = computed<PixelSize>(() => {
    const grid = this.grid();
    if (grid === null) return { width: 0, height: 0 };
    const { width, height } = this.cell();
    return { width: grid.cols * width, height: (grid.rows + grid.stripRows) * height };
  });
  /** Whether the whole grid is larger than the room at the chosen font size, and panned. */
  protected readonly isActualSize = computed(
    () => this.fittingFont() !== null && this.settings.actualSize(),
  );
  /** What stays in view while the grid is panned. */
  protected readonly followed = computed<Followed | null>(() => {
    const grid = this.grid();
    const pane = this.store.activePane();
    if (!this.isActualSize() || grid === null || pane === null) return null;
    const info = this.store.panes().get(pane);
    const box = grid.activeBox ?? info;
    return box === undefined ? null : { pane, left: box.left, top: box.top + grid.stripRows };
  });
  /** The active pane's edges, in pixels of the sheet: in the middle of the gaps around it. */
  protected readonly activeEdges = computed(() => {
    const grid = this.grid();
    const box = grid?.activeBox ?? null;
    if (grid === null || box === null) return null;
    const { left, top, cols, rows } = box;
    const { width, height } = this.cell();
    const from = left === 0 ? 0 : left - 0.5;
    const to = left + cols === grid.cols ? grid.cols : left + cols + 0.5;
    return {
      left: from * width,
      top: (top + grid.stripRows - 1) * height,
      width: (to - from) * width,
      height: (rows + 1) * height,
    };
  });

  private readonly room = signal<PixelSize | null>(null);
  /** The font size at which the grid fits; null when it does at the chosen one. */
  private readonly fittingFont = computed(() => {
    const room = this.room();
    const grid = this.grid();
    if (room === null || grid === null || isEmpty(room)) return null;
    const wanted = this.metrics.fontSize();
    const all = { cols: grid.cols, rows: grid.rows + grid.stripRows };
    const fitting = fontThatFits(room, all, wanted, (size) => this.metrics.layoutAt(size));
    return fitting < wanted ? fitting : null;
  });

  constructor() {
    const destroyed = inject(DestroyRef);
    destroyed.onDestroy(() => {
      this.metrics.shrunkTo.set(null);
    });
    afterNextRender(() => {
      const element = this.viewport().nativeElement;
      const observer = new ResizeObserver(() => {
        // Scrollbars not taken off: a driver would ask for less, lose them and ask for more.
        this.room.set({ width: element.offsetWidth, height: element.offsetHeight });
      });
      observer.observe(element);
      destroyed.onDestroy(() => {
        observer.disconnect();
      });
    });
    effect(() => {
      const room = this.room();
      const grid = this.grid();
      if (room === null || grid === null || isEmpty(room)) return;
      const cell = this.metrics.layoutAt(this.metrics.fontSize());
      this.driverSize.want(cellsThatFit(room, cell, grid.stripRows));
    });
    this.shrinkToFit();
  }

  private shrinkToFit(): void {
    effect(() => {
      const fitting = this.fittingFont();
      this.settings.setUnreadable(fitting !== null && fitting < READABLE_FONT_SIZE);
    });
    effect((onCleanup) => {
      const fitting = this.isActualSize() ? null : this.fittingFont();
      if (fitting === null || !this.store.isDriver()) {
        this.metrics.shrunkTo.set(fitting);
        return;
      }
      // tmux follows the driver's screen in a moment; only one that it does not follow is shrunk.
      const timer = setTimeout(() => {
        this.metrics.shrunkTo.set(fitting);
      }, DRIVER_PATIENCE_MS);
      onCleanup(() => {
        clearTimeout(timer);
      });
    });
  }
}

function isEmpty({ width, height }: PixelSize): boolean {
  return width === 0 || height === 0;
}
