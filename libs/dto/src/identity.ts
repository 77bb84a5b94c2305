/** What an identity may do. `viewer` sees; `operator` also types and arranges; `admin` also administers. */
export type Role = 'viewer' | 'operator' | 'admin';

/** Who is asking, as shown to people. */
export interface IdentityView {
  readonly name: string;
  readonly role: Role;
}

/** Reply of `GET /api/me`. */
export interface MeView extends IdentityView {
  /** Whether this identity may only look, whatever its role. */
  readonly readOnly: boolean;
}
