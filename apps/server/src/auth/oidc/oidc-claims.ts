import type { OidcSection } from '../../config/sections.js';
import { vouchedName } from '../vouched-name.js';

/** What a provider says of a person; untrusted until it was read here. */
export type OidcClaims = Readonly<Record<string, unknown>>;

/** Claims that name a person, the first that is there counts (OpenID Connect Core §5.1). */
const NAME_CLAIMS = ['preferred_username', 'email', 'sub'] as const;
/** Not in the standard, but what most providers call it. */
const GROUPS_CLAIM = 'groups';

type ClaimNames = Pick<OidcSection, 'nameClaim' | 'groupsClaim'>;

/** @returns the person's name, undefined when no claim holds one */
export function nameOfClaims(
  claims: OidcClaims,
  { nameClaim }: Pick<ClaimNames, 'nameClaim'>,
): string | undefined {
  const wanted = nameClaim === undefined ? NAME_CLAIMS : [nameClaim];
  for (const claim of wanted) {
    // An address that nobody checked names whoever typed it.
    if (claim === 'email' && claims['email_verified'] === false) continue;
    const name = Object.hasOwn(claims, claim) ? vouchedName(claims[claim]) : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

/** @returns the person's groups; a single text is one group, what is no name is left out */
export function groupsOfClaims(
  claims: OidcClaims,
  { groupsClaim = GROUPS_CLAIM }: Pick<ClaimNames, 'groupsClaim'>,
): readonly string[] {
  const value = Object.hasOwn(claims, groupsClaim) ? claims[groupsClaim] : undefined;
  const listed: readonly unknown[] = Array.isArray(value) ? value : [value];
  return listed.map(vouchedName).filter((group) => group !== undefined);
}

/** Whether the ID token alone says all; else the provider's user info is asked too. */
export function saysAll(claims: OidcClaims, names: ClaimNames): boolean {
  return (
    Object.hasOwn(claims, names.groupsClaim ?? GROUPS_CLAIM) &&
    Object.hasOwn(claims, names.nameClaim ?? NAME_CLAIMS[0])
  );
}
