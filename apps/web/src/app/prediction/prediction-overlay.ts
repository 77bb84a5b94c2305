import type { Picture } from './predictor';

/** A terminal's cells; sizes in CSS pixels. */
export interface CellLook {
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
  readonly fontFamily: string;
}

/**
 * Draws predicted cells above a terminal. The terminal's buffer is never touched, so that a wrong
 * prediction leaves nothing behind. Each cell is opaque: the first covers the terminal's own cursor.
 */
export class PredictionOverlay {
  private readonly element: HTMLElement;

  /** @param host what the terminal's cells are drawn in, from its upper left corner on */
  constructor(host: HTMLElement) {
    this.element = host.ownerDocument.createElement('div');
    this.element.className = 'prediction';
    this.element.dataset['testid'] = 'prediction';
    // It repeats what the terminal says a moment later.
    this.element.ariaHidden = 'true';
    this.element.hidden = true;
    host.append(this.element);
  }

  /** @param row from the top of what is seen */
  show(picture: Picture, row: number, cell: CellLook): void {
    const { style, ownerDocument } = this.element;
    style.left = `${String(picture.from * cell.width)}px`;
    style.top = `${String(row * cell.height)}px`;
    style.height = `${String(cell.height)}px`;
    style.font = `${String(cell.fontSize)}px/${String(cell.height)}px ${cell.fontFamily}`;
    const cells = picture.cells.map((char, index) => {
      const span = ownerDocument.createElement('span');
      span.textContent = char;
      span.style.width = `${String(cell.width)}px`;
      if (picture.from + index === picture.cursor) span.className = 'cursor';
      return span;
    });
    this.element.replaceChildren(...cells);
    this.element.hidden = false;
  }

  hide(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  dispose(): void {
    this.element.remove();
  }
}
