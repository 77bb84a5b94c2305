import type { Role } from './identity.js';

/** Ways of signing in by page. */
export type SignInMethodName = 'key' | 'password' | 'access-token' | 'proxy' | 'oidc' | 'none';

/** Reply of `GET /api/sign-in`: what the sign-in page offers. The one-time key always works. */
export interface SignInMethodsView {
  readonly password: boolean;
  /** The OpenID Connect provider as its button calls it; null: none is set up. */
  readonly oidc: { readonly label: string } | null;
}

/** Why a sign-in over the provider came to nothing: `error` in the address of the sign-in page. */
export type OidcProblem = 'oidc-denied' | 'oidc-failed' | 'oidc-no-role' | 'oidc-expired';

/** One signed-in browser in `GET /api/sign-ins`. Times are ISO 8601. */
export interface SignInView {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly method: SignInMethodName;
  readonly createdAt: string;
  /** The last thing done with it; an open stream alone is nothing. */
  readonly lastActiveAt: string;
  /** When it ends if nothing more is done. */
  readonly expiresAt: string;
  /** Client address of the sign-in. */
  readonly address: string;
  /** Browser as it calls itself; untrusted text. */
  readonly userAgent: string;
  /** Whether the request that asks came with it. */
  readonly current: boolean;
}

/** Reply of `GET /api/sign-ins`: the identity's own; for admins everybody's with `?all=1`. */
export interface SignInsView {
  readonly signIns: readonly SignInView[];
}

/** One access token in `GET /api/tokens`; never the token itself. Times are ISO 8601. */
export interface AccessTokenView {
  readonly id: string;
  readonly name: string;
  /** Who made it; its rights never exceed this identity's. */
  readonly owner: string;
  readonly role: Role;
  readonly readOnly: boolean;
  /** Patterns of session names; null: all its owner sees. */
  readonly sessions: readonly string[] | null;
  readonly createdAt: string;
  /** null: never. */
  readonly expiresAt: string | null;
  /** null: not yet; exact to a minute. */
  readonly lastUsedAt: string | null;
}

/** Reply of `GET /api/tokens`: the identity's own; for admins everybody's with `?all=1`. */
export interface AccessTokensView {
  readonly tokens: readonly AccessTokenView[];
}

/** Reply of `POST /api/tokens`: the only time the token is shown. */
export interface AccessTokenCreated extends AccessTokenView {
  readonly token: string;
}
