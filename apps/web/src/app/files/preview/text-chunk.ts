import {
  afterNextRender,
  Component,
  DestroyRef,
  ElementRef,
  inject,
  input,
  signal,
} from '@angular/core';

/** Some lines of a text, with the number of the first. */
export interface Chunk {
  readonly from: number;
  readonly lines: readonly string[];
}

/** As the style sheet has it. */
const LINE_PX = 18;
/** How far off the screen lines are drawn, so that scrolling finds them there. */
const MARGIN = '800px 0px';

/** Some lines of a text; while they are far from what is seen, only the room they take. */
@Component({
  selector: 'app-text-chunk',
  template: `
    @if (isNear()) {
      @for (line of chunk().lines; track $index) {
        <div class="line" [attr.data-number]="chunk().from + $index">{{ line }}</div>
      }
    } @else {
      <div [style.height.px]="heightPx() ?? chunk().lines.length * linePx"></div>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    .line {
      display: flex;
      min-height: 18px;
      padding-right: 12px;
    }
    /* Not text of the page: it is not copied with the line. */
    .line::before {
      position: sticky;
      left: 0;
      flex: none;
      width: calc(var(--number-width) + 24px);
      padding-right: 12px;
      background: var(--surface);
      color: var(--text-quiet);
      text-align: right;
      content: attr(data-number);
    }
  `,
})
export class TextChunk {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly chunk = input.required<Chunk>();

  protected readonly linePx = LINE_PX;
  protected readonly isNear = signal(false);
  /** As it was drawn last: wrapped lines are higher. */
  protected readonly heightPx = signal<number | null>(null);

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const observer = new IntersectionObserver(
        (entries) => {
          const isNear = entries.at(-1)?.isIntersecting ?? false;
          if (!isNear && this.isNear()) this.heightPx.set(this.host.offsetHeight);
          this.isNear.set(isNear);
        },
        { root: this.host.parentElement, rootMargin: MARGIN },
      );
      observer.observe(this.host);
      destroyed.onDestroy(() => {
        observer.disconnect();
      });
    });
  }
}
