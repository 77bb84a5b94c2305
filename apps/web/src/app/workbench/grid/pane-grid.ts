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
import { cellsThatFit, scaleToFit } from './fit';
import type { PixelSize } from './fit';
import { gridView, paneFrames } from './grid-view';
import { PaneBorder } from './pane-border';
import { PaneFrame } from './pane-frame';
import { SwapDrag } from './swap-drag';

/** The panes of the session at tmux's cell positions; the current window's are shown. */
@Component({
  selector: 'app-pane-grid',
  imports: [CdkContextMenuTrigger, PaneBorder, PaneFrame, PaneMenu],
  providers: [SwapDrag, DriverSize],
  templateUrl: './pane-grid.html',
  styleUrl: './pane-grid.css',
})
export class PaneGrid {
  private readonly store = inject(SessionStore);
  private readonly driverSize = inject(DriverSize);
  private readonly settings = inject(ViewSettings);
  protected readonly actions = inject(PaneActions);
  protected readonly focus = inject(TerminalFocus);

  private readonly viewport = viewChild.required<ElementRef<HTMLElement>>('viewport');

  protected readonly cell = inject(CellMetrics).cell;
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
  protected readonly isActualSize = computed(
    () => this.settings.actualSize() && !this.store.isDriver(),
  );
  protected readonly scale = computed(() => {
    const room = this.room();
    return this.isActualSize() || room === null ? 1 : scaleToFit(room, this.sheet());
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

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const element = this.viewport().nativeElement;
      const observer = new ResizeObserver(() => {
        this.room.set({ width: element.clientWidth, height: element.clientHeight });
      });
      observer.observe(element);
      destroyed.onDestroy(() => {
        observer.disconnect();
      });
    });
    effect(() => {
      const room = this.room();
      const grid = this.grid();
      if (room === null || grid === null || room.width === 0 || room.height === 0) return;
      this.driverSize.want(cellsThatFit(room, this.cell(), grid.stripRows));
    });
  }
}
