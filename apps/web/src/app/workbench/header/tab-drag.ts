import { DOCUMENT, inject, Service, signal } from '@angular/core';
import { slotAt } from './tab-order';

/** A press becomes a drag after this many pixels, so that a shaky click stays one. */
const DRAG_AFTER_PX = 6;

/** Dragging a tab to another place of the list; Escape lets go of it. */
@Service({ autoProvided: false })
export class TabDrag {
  private readonly document = inject(DOCUMENT);
  private readonly markedSlot = signal<number | null>(null);

  /** Where the dragged tab would land; null while none is dragged. */
  readonly slot = this.markedSlot.asReadonly();

  begin(down: PointerEvent, list: HTMLElement, drop: (slot: number) => void): void {
    const listening = new AbortController();
    const options = { signal: listening.signal, capture: true };
    const finish = (): void => {
      listening.abort();
      this.markedSlot.set(null);
    };
    this.document.addEventListener(
      'pointermove',
      (event) => {
        if (this.slot() === null && Math.abs(event.clientX - down.clientX) < DRAG_AFTER_PX) return;
        const tabs = [...list.querySelectorAll('[role=tab]')];
        const boxes = tabs.map((tab) => tab.getBoundingClientRect());
        this.markedSlot.set(slotAt(boxes, event.clientX));
      },
      options,
    );
    this.document.addEventListener(
      'pointerup',
      () => {
        const slot = this.slot();
        finish();
        if (slot !== null) drop(slot);
      },
      options,
    );
    this.document.addEventListener('pointercancel', finish, options);
    this.document.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Escape') finish();
      },
      options,
    );
  }
}
