import { CdkMenuTrigger } from '@angular/cdk/menu';
import { Directive, ElementRef, inject } from '@angular/core';

/** Pointing at a submenu's item opens it; the click that usually follows must not close it again. */
// eslint-disable-next-line @angular-eslint/directive-selector -- it belongs to every item that has both of these
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
