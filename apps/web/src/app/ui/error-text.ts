import { HttpErrorResponse } from '@angular/common/http';
import type { ErrorView } from '#dto';

/** What to tell a person about a failed request. */
export function errorText(error: unknown): string {
  if (error instanceof HttpErrorResponse) {
    if (error.status === 0) return 'The server does not answer. Is it running?';
    const view: unknown = error.error;
    return isErrorView(view) ? view.message : `The server answered ${String(error.status)}.`;
  }
  return error instanceof Error ? error.message : String(error);
}

function isErrorView(value: unknown): value is ErrorView {
  return typeof value === 'object' && value !== null && 'message' in value && 'code' in value;
}
