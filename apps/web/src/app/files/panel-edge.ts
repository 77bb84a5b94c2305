import { Component, computed, ElementRef, inject } from '@angular/core';
import { PANEL_MAX_PX, PANEL_MIN_PX, PanelSettings } from './panel-settings';

const KEY_STEP_PX = 24;

/** The edge that makes the panel wider and narrower, by mouse, touch and arrow keys. */
@Component({
  selector: 'app-panel-edge',
  template: '',
  host: {
    role: 'separator',
    'aria-orientation': 'vertical',
    'aria-label': 'Width of the file panel',
    tabindex: '0',
    '[attr.aria-valuenow]': 'width()',
    '[attr.aria-valuemin]': 'min',
    '[attr.aria-valuemax]': 'max',
    '[class.left]': 'isLeft()',
    '(pointerdown)': 'begin($event)',
    '(pointermove)': 'move($event)',
    '(keydown.arrowleft)': 'step(isLeft() ? -1 : 1, $event)',
    '(keydown.arrowright)': 'step(isLeft() ? 1 : -1, $event)',
  },
  styles: `
    :host {
      position: absolute;
      z-index: 7;
      top: 0;
      bottom: 0;
      left: -4px;
      width: 8px;
      cursor: col-resize;
      touch-action: none;
    }
    :host(.left) {
      right: -4px;
      left: auto;
    }
    :host(:hover),
    :host(:focus-visible) {
      outline: none;
      background: linear-gradient(var(--accent) 0 0) center / 2px 100% no-repeat;
    }
  `,
})
export class PanelEdge {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly settings = inject(PanelSettings);

  protected readonly min = PANEL_MIN_PX;
  protected readonly max = PANEL_MAX_PX;
  protected readonly width = computed(() => this.settings.look().width);
  protected readonly isLeft = computed(() => this.settings.look().side === 'left');

  protected begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.host.setPointerCapture(event.pointerId);
  }

  protected move(event: PointerEvent): void {
    const panel = this.host.parentElement;
    if (panel === null || !this.host.hasPointerCapture(event.pointerId)) return;
    const { left, right } = panel.getBoundingClientRect();
    const width = this.isLeft() ? event.clientX - left : right - event.clientX;
    this.settings.change({ width });
  }

  protected step(by: number, event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    this.settings.change({ width: this.width() + by * KEY_STEP_PX });
  }
}
