import { DestroyRef, DOCUMENT, inject, signal } from '@angular/core';
import type { Signal } from '@angular/core';

/** Height in CSS pixels that a touch keyboard leaves free; null where the browser cannot tell. */
export function visibleHeight(): Signal<number | null> {
  const viewport = inject(DOCUMENT).defaultView?.visualViewport;
  const height = signal(viewport?.height ?? null);
  const read = (): void => {
    // Pinch zoom shrinks the viewport too, and must not change the layout.
    if (viewport?.scale === 1) height.set(viewport.height);
  };
  viewport?.addEventListener('resize', read);
  inject(DestroyRef).onDestroy(() => {
    viewport?.removeEventListener('resize', read);
  });
  return height.asReadonly();
}
