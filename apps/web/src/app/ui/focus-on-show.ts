import { afterNextRender, Directive, ElementRef, inject } from '@angular/core';

/** Focuses its element when it appears (`autofocus` works only while a page loads). */
@Directive({ selector: '[appFocusOnShow]' })
export class FocusOnShow {
  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender(() => {
      host.focus();
      if (host instanceof HTMLInputElement) host.select();
    });
  }
}
