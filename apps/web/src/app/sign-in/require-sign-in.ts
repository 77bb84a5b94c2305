import { HttpErrorResponse } from '@angular/common/http';
import type { HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { catchError, throwError } from 'rxjs';

/**
 * Leads to the sign-in page, and back here afterwards.
 * @param reason why it is needed again, as the code of a `fatal` event
 */
export function goToSignIn(router: Router, reason?: string): void {
  if (router.url.startsWith('/sign-in')) return;
  const queryParams = {
    ...(router.url === '/' ? {} : { next: router.url }),
    ...(reason === undefined ? {} : { reason }),
  };
  void router.navigate(['/sign-in'], { queryParams });
}

/** An answer 401 to any request but sign-in itself means that nobody is signed in. */
export const requireSignIn: HttpInterceptorFn = (request, next) => {
  const router = inject(Router);
  return next(request).pipe(
    catchError((error: unknown) => {
      const isSignIn = request.url.endsWith('api/sign-in');
      if (error instanceof HttpErrorResponse && error.status === 401 && !isSignIn) {
        goToSignIn(router);
      }
      return throwError(() => error);
    }),
  );
};
