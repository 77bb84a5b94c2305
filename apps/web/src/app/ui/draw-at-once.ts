import { ApplicationRef, inject } from '@angular/core';

/**
 * Draws what a handler changed as soon as it is done, and not in the next frame: the next key may come
 * before that, and belongs to what was opened. After the handler, so that a menu that closes in it has
 * given the focus back before.
 *
 * @returns what to call in the handler; call this where something can be injected
 */
export function drawAtOnce(): () => void {
  const app = inject(ApplicationRef);
  return () => {
    queueMicrotask(() => {
      if (!app.destroyed) app.tick();
    });
  };
}
