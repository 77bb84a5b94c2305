import { DOCUMENT, inject, Service, signal } from '@angular/core';
import type { PaneId } from '#dto';
import { SessionCommands } from '../session-commands';

/** A press becomes a drag after this many pixels, so that a shaky click stays one. */
const DRAG_AFTER_PX = 6;

/** Dragging a pane's header onto another pane swaps the two. */
@Service({ autoProvided: false })
export class SwapDrag {
  private readonly document = inject(DOCUMENT);
  private readonly commands = inject(SessionCommands);
  private readonly from = signal<PaneId | null>(null);
  private readonly onto = signal<PaneId | null>(null);

  /** The pane being dragged. */
  readonly source = this.from.asReadonly();
  /** The pane it would swap with. */
  readonly target = this.onto.asReadonly();

  begin(pane: PaneId, down: PointerEvent): void {
    const listening = new AbortController();
    const { signal: until } = listening;
    const finish = (swap: boolean): void => {
      const target = this.onto();
      listening.abort();
      this.from.set(null);
      this.onto.set(null);
      if (swap && target !== null) {
        void this.commands.run('swap-pane', { source: pane, target });
      }
    };
    const move = (event: PointerEvent): void => {
      if (event.pointerId !== down.pointerId) return;
      const movedPx = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
      if (this.from() === null && movedPx < DRAG_AFTER_PX) return;
      this.from.set(pane);
      const under = this.paneAt(event.clientX, event.clientY);
      this.onto.set(under === pane ? null : under);
    };
    const { document } = this;
    document.addEventListener('pointermove', move, { signal: until });
    document.addEventListener(
      'pointerup',
      () => {
        finish(true);
      },
      { signal: until },
    );
    document.addEventListener(
      'pointercancel',
      () => {
        finish(false);
      },
      { signal: until },
    );
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || this.from() === null) return;
        event.stopPropagation();
        finish(false);
      },
      { signal: until, capture: true },
    );
  }

  private paneAt(x: number, y: number): PaneId | null {
    const host = this.document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-pane]');
    const id = host?.dataset['pane'];
    return id !== undefined && isPaneId(id) ? id : null;
  }
}

function isPaneId(text: string): text is PaneId {
  return /^%\d+$/.test(text);
}
