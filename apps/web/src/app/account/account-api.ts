import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { AccessTokenCreated, AccessTokensView, MeView, Role, SignInsView } from '#dto';

/** What an access token to be made may do; never more than who makes it. */
export interface NewAccessToken {
  readonly name: string;
  readonly role: Role;
  readonly readOnly: boolean;
  /** Patterns of session names; null: all its owner sees. */
  readonly sessions: readonly string[] | null;
  /** null: never. */
  readonly expiresInDays: number | null;
}

/**
 * Who is signed in, and the sign-ins and access tokens they may end. Reads are loaded anew by
 * `reload()` and have to be made where something can be injected; writes reject with `HttpErrorResponse`.
 */
@Service()
export class AccountApi {
  private readonly http = inject(HttpClient);

  me() {
    return httpResource<MeView>(() => 'api/me');
  }

  /** @param all whether everybody's; admins only */
  signIns(all: () => boolean) {
    return httpResource<SignInsView>(() => `api/sign-ins${all() ? '?all=1' : ''}`);
  }

  tokens(all: () => boolean) {
    return httpResource<AccessTokensView>(() => `api/tokens${all() ? '?all=1' : ''}`);
  }

  async endSignIn(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`api/sign-ins/${encodeURIComponent(id)}`));
  }

  /** Ends all sign-ins of who asks, this one included. */
  async signOutEverywhere(): Promise<void> {
    await firstValueFrom(this.http.delete('api/sign-ins'));
  }

  async signOut(): Promise<void> {
    await firstValueFrom(this.http.post('api/sign-out', {}));
  }

  createToken(token: NewAccessToken): Promise<AccessTokenCreated> {
    const { sessions, ...rest } = token;
    const body = sessions === null ? rest : { ...rest, sessions };
    return firstValueFrom(this.http.post<AccessTokenCreated>('api/tokens', body));
  }

  async revokeToken(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`api/tokens/${encodeURIComponent(id)}`));
  }
}
