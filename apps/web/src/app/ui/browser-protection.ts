import { DOCUMENT, inject } from '@angular/core';
import { Notices } from './notices';

/** What the page's own defence against injected scripts needs of the browser. */
const NEEDED = 'trustedTypes';
const TOLD_KEY = 'tmuxy.told-reduced-protection';

/**
 * Says, once for each tab, that this browser lacks Trusted Types: all works, but a fault in the page
 * would find one defence less. The server's own checks do not depend on it.
 */
export function tellReducedProtection(): void {
  const view = inject(DOCUMENT).defaultView;
  if (view === null || NEEDED in view) return;
  if (view.sessionStorage.getItem(TOLD_KEY) !== null) return;
  view.sessionStorage.setItem(TOLD_KEY, 'yes');
  inject(Notices).push({
    level: 'warning',
    message: 'Reduced protection: this browser has no Trusted Types. A newer one has.',
  });
}
