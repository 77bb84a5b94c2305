import { DOCUMENT, inject } from '@angular/core';
import { Router } from '@angular/router';
import type { CanActivateFn } from '@angular/router';
import { keyInFragment, safeReturnPath } from './link-key';
import { PendingKey } from './pending-key';

/**
 * Takes the one-time key out of the address before anything is drawn or asked for, so that it stays
 * in no history entry, and leads to the sign-in page and from there to the address without it.
 */
export const keyFromLink: CanActivateFn = (_route, state) => {
  const document = inject(DOCUMENT);
  const { hash, pathname, search } = document.location;
  const key = keyInFragment(hash);
  if (key === null) return true;
  document.defaultView?.history.replaceState(null, '', pathname + search);
  inject(PendingKey).put(key);
  const next = safeReturnPath(state.url.split('#')[0]);
  return inject(Router).createUrlTree(['/sign-in'], { queryParams: next === '/' ? {} : { next } });
};
