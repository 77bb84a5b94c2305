import type { Role, SignInMethodName } from '#dto';

/** Who is asking, with all that narrows what they may do already applied. */
export interface Identity {
  readonly name: string;
  /** After the ceiling of an access token. */
  readonly role: Role;
  /** Whether this identity may only look, in every session: its own flag, its role's or the server's. */
  readonly readOnly: boolean;
  /**
   * Lists of patterns of session names; a session may be seen when every list has a pattern that fits
   * it. Empty: all sessions. Ask `canSee` and not this.
   */
  readonly sessions: readonly (readonly string[])[];
  /** How they proved it. */
  readonly method: SignInMethodName;
  /**
   * What it came with: `sign-in:<id>`, `token:<id>`, `user:<name>` (Basic), `proxy:<name>` or `none`.
   * Everything opened under it ends with it (`CredentialEvents`). Not a secret.
   */
  readonly credentialId: string;
}

const identities = new WeakMap<object, Identity>();
const admissions = new WeakMap<Identity, number>();

/** Remembers who sent `request`; called by the guard, and when somebody has just signed in. */
export function setIdentity(request: object, identity: Identity): void {
  identities.set(request, identity);
  admissions.set(identity, performance.now());
}

const claimed = new WeakMap<object, string>();

/** Remembers as which existing user somebody tried to sign in. */
export function setClaimedName(request: object, name: string): void {
  claimed.set(request, name);
}

/** @returns as which existing user somebody tried to sign in with `request` */
export function claimedNameOf(request: object): string | undefined {
  return claimed.get(request);
}

/** @returns when the guard let it in (`performance.now`), undefined when the guard did not make it */
export function admittedAt(identity: Identity): number | undefined {
  return admissions.get(identity);
}

/** @returns who sent `request`, undefined on public routes and before the guard ran */
export function identityOf(request: object): Identity | undefined {
  return identities.get(request);
}
