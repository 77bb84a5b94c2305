import { Directive, effect, ElementRef, inject, input } from '@angular/core';
import type { PaneId } from '#dto';
import { CellMetrics } from '../../terminal/cell-metrics';
import { Terminals } from '../../terminal/terminals';
import { scrollToShow } from './fit';

/** Cells kept visible around the cursor. */
const MARGIN_CELLS = 3;

/** A pane and where its first cell is in the scrolled grid, in cells. */
export interface Followed {
  readonly pane: PaneId;
  readonly left: number;
  readonly top: number;
}

/**
 * Keeps a pane's cursor in view in a scrolled grid, until the person scrolls elsewhere; typing, or
 * another pane, brings it back.
 */
@Directive({ selector: '[appFollowCursor]' })
export class FollowCursor {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly terminals = inject(Terminals);
  private readonly cell = inject(CellMetrics).cell;

  /** Null: nothing is followed. */
  readonly appFollowCursor = input.required<Followed | null>();

  /** Where this scrolled to last; anywhere else is where the person scrolled to. */
  private scrolledTo: { readonly left: number; readonly top: number } | null = null;

  constructor() {
    // xterm keeps the keys it takes from bubbling.
    for (const type of ['keydown', 'beforeinput']) {
      this.host.addEventListener(type, () => (this.scrolledTo = null), { capture: true });
    }
    effect((onCleanup) => {
      const followed = this.appFollowCursor();
      const terminal = followed === null ? undefined : this.terminals.get(followed.pane);
      if (followed === null || terminal === undefined) return;
      const cell = this.cell();
      const show = (): void => {
        const { cursorX, cursorY } = terminal.buffer.active;
        this.show({ x: followed.left + cursorX, y: followed.top + cursorY }, cell);
      };
      this.scrolledTo = null;
      show();
      const moves = terminal.onCursorMove(show);
      onCleanup(() => {
        moves.dispose();
      });
    });
  }

  private show(
    at: { readonly x: number; readonly y: number },
    cell: { readonly width: number; readonly height: number },
  ): void {
    const { host, scrolledTo } = this;
    const isElsewhere = host.scrollLeft !== scrolledTo?.left || host.scrollTop !== scrolledTo.top;
    if (scrolledTo !== null && isElsewhere) return;
    const across = { from: at.x * cell.width, to: (at.x + 1) * cell.width };
    const down = { from: at.y * cell.height, to: (at.y + 1) * cell.height };
    host.scrollLeft = scrollToShow(
      host.scrollLeft,
      host.clientWidth,
      across,
      MARGIN_CELLS * cell.width,
    );
    host.scrollTop = scrollToShow(host.scrollTop, host.clientHeight, down, cell.height);
    // As the browser took it: rounded, and within its bounds.
    this.scrolledTo = { left: host.scrollLeft, top: host.scrollTop };
  }
}
