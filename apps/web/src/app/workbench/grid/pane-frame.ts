import { CdkContextMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, ElementRef, inject, input } from '@angular/core';
import { CellMetrics } from '../../terminal/cell-metrics';
import { PaneTerminal } from '../../terminal/pane-terminal';
import { Icon } from '../../ui/icon';
import { PaneActions } from '../pane-actions';
import type { PaneFrameView } from './grid-view';
import { SwapDrag } from './swap-drag';

/** One pane: its terminal at tmux's place, and its header in the row above. */
@Component({
  selector: 'app-pane-frame',
  imports: [Icon, PaneTerminal],
  host: {
    'data-testid': 'pane',
    role: 'group',
    '[attr.data-pane]': 'frame().pane.id',
    '[attr.data-active]': 'frame().isActive',
    '[attr.aria-label]': 'label()',
    '[attr.inert]': 'frame().isVisible ? null : ""',
    '[class.active]': 'frame().isActive',
    '[class.hidden]': '!frame().isVisible',
    '[class.drop-target]': 'swap.target() === frame().pane.id',
    '[class.dragged]': 'swap.source() === frame().pane.id',
    '[style.left.px]': 'frame().box.left * cell().width',
    '[style.top.px]': '(frame().box.top + stripRows()) * cell().height',
    '[style.width.px]': 'frame().box.cols * cell().width',
    '[style.height.px]': 'frame().box.rows * cell().height',
  },
  templateUrl: './pane-frame.html',
  styleUrl: './pane-frame.css',
})
export class PaneFrame {
  private readonly menu = inject(CdkContextMenuTrigger);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly actions = inject(PaneActions);
  protected readonly swap = inject(SwapDrag);

  readonly frame = input.required<PaneFrameView>();
  readonly stripRows = input.required<number>();

  protected readonly cell = inject(CellMetrics).cell;
  protected readonly isZoomed = computed(() => this.actions.isZoomed());
  /** Programs title their pane as they like; tmux's own default is the host's name. */
  protected readonly title = computed(() => {
    const { title, command } = this.frame().pane;
    return title === command ? '' : title;
  });
  protected readonly label = computed(() => {
    const { index, command } = this.frame().pane;
    return `Pane ${String(index)}, ${command}`;
  });

  constructor() {
    // Before the menu's own listener: a program that tracks the mouse gets the right button.
    this.host.addEventListener(
      'contextmenu',
      (event) => {
        this.menu.disabled = !event.shiftKey && this.actions.tracksMouse(this.frame().pane.id);
        if (this.menu.disabled) event.preventDefault();
      },
      { capture: true },
    );
  }

  protected openMenu(button: HTMLElement): void {
    const { left, bottom } = button.getBoundingClientRect();
    this.menu.disabled = false;
    this.menu.open({ x: left, y: bottom + 2 });
  }

  protected beginDrag(event: PointerEvent): void {
    const onButton = event.target instanceof Element && event.target.closest('button') !== null;
    if (event.button !== 0 || onButton || !this.actions.canArrange()) return;
    void this.actions.select(this.frame().pane.id);
    this.swap.begin(this.frame().pane.id, event);
  }
}
