import { CdkMenuTrigger } from '@angular/cdk/menu';
import { Directive, ElementRef, inject } from '@angular/core';

/** Pointing at a submenu's item opens it; the click that usually follows must not close it again. */
@Directive({ selector: '[cdkMenuItem][cdkMenuTriggerFor]' })
export class SubmenuTrigger {
  constructor() {
    const trigger = inject(CdkMenuTrigger);
    inject<ElementRef<HTMLElement>>(ElementRef).nativeElement.addEventListener(
      'click',
      (event) => {
        if (trigger.isOpen()) event.stopImmediatePropagation();
      },
      { capture: true },
    );
  }
}
