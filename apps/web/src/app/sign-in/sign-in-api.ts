import { HttpClient, HttpErrorResponse, httpResource } from '@angular/common/http';
import { effect, inject, linkedSignal, Service } from '@angular/core';
import type { Signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { SignInMethodsView } from '#dto';

/** What `POST /api/sign-in` takes. */
export type Credentials =
  { readonly key: string } | { readonly username: string; readonly password: string };

const ONLY_KEY: SignInMethodsView = { password: false, oidc: null };
/** How long until a server that did not answer is asked again; longer when it says so. */
const ASK_AGAIN_MS = 3_000;

/** Signing in. Rejects with `HttpErrorResponse`. */
@Service()
export class SignInApi {
  private readonly http = inject(HttpClient);

  /** What the page offers; undefined until known. Call it where something can be injected. */
  methods(): Signal<SignInMethodsView | undefined> {
    const methods = httpResource<SignInMethodsView>(() => 'api/sign-in');
    effect((onCleanup) => {
      const error = methods.error();
      if (error === undefined) return;
      const waitMs = Math.max(ASK_AGAIN_MS, retryAfterSeconds(error) * 1_000);
      const timer = setTimeout(() => methods.reload(), waitMs);
      onCleanup(() => {
        clearTimeout(timer);
      });
    });
    return linkedSignal<SignInMethodsView | undefined, SignInMethodsView | undefined>({
      source: () => {
        if (methods.hasValue()) return methods.value();
        // Whatever else is set up, the one-time key works.
        return methods.error() === undefined ? undefined : ONLY_KEY;
      },
      // What is offered stays while the server is asked again.
      computation: (offered, before) => offered ?? before?.value,
    }).asReadonly();
  }

  async signIn(credentials: Credentials): Promise<void> {
    await firstValueFrom(this.http.post('api/sign-in', credentials));
  }
}

/** Seconds that a refusal asks to wait (`Retry-After`); 0 when it does not. */
export function retryAfterSeconds(error: unknown): number {
  if (!(error instanceof HttpErrorResponse)) return 0;
  const seconds = Number(error.headers.get('Retry-After'));
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : 0;
}
