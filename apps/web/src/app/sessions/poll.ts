import { DestroyRef, DOCUMENT, inject } from '@angular/core';

/** Calls `load` every `everyMs` while the page is visible, and at once when it becomes visible. */
export function pollWhileVisible(everyMs: number, load: () => void): void {
  const document = inject(DOCUMENT);
  const tick = (): void => {
    if (document.visibilityState === 'visible') load();
  };
  const timer = setInterval(tick, everyMs);
  document.addEventListener('visibilitychange', tick);
  inject(DestroyRef).onDestroy(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  });
}
