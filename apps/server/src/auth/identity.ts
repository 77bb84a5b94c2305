import type { Role } from '#dto';

/** Who is asking. */
export interface Identity {
  readonly name: string;
  readonly role: Role;
  /** Whether this identity may only look, whatever its role. */
  readonly readOnly: boolean;
  /** The sign-in it came with; everything opened under it ends with it. */
  readonly signInId: string;
}

const identities = new WeakMap<object, Identity>();

/** Remembers who sent `request`; called by the guard only. */
export function setIdentity(request: object, identity: Identity): void {
  identities.set(request, identity);
}

/** @returns who sent `request`, undefined on public routes and before the guard ran */
export function identityOf(request: object): Identity | undefined {
  return identities.get(request);
}
