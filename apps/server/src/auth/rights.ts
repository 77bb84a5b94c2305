import type { Role } from '#dto';
import type { TmuxyConfig } from '../config/config.js';
import type { Identity } from './identity.js';
import { fitsPattern } from './session-pattern.js';

const ORDER: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, admin: 2 };

/** What a credential gives before the configuration narrows it. */
export type Grant = Omit<Identity, 'sessions'> & {
  readonly sessions?: readonly (readonly string[])[];
};

/** What the configuration takes from everybody or from a role; a `TmuxyConfig` is one. */
export interface RightsLimits {
  readonly readOnly: boolean;
  readonly roles: Readonly<Partial<Record<Role, RoleLimits>>>;
}

export interface RoleLimits {
  readonly readOnly?: boolean;
  /** Patterns of the sessions the role may see; absent: all. */
  readonly sessions?: readonly string[];
}

/** The lower of two roles. */
export function lowerRole(a: Role, b: Role): Role {
  return ORDER[a] < ORDER[b] ? a : b;
}

/** Lays the server's and the role's own limits over a grant. The one place where identities are made. */
export function toIdentity(grant: Grant, config: RightsLimits): Identity {
  const limits = config.roles[grant.role];
  const own = grant.sessions ?? [];
  return {
    ...grant,
    readOnly: grant.readOnly || config.readOnly || limits?.readOnly === true,
    sessions: limits?.sessions === undefined ? own : [...own, limits.sessions],
  };
}

/**
 * Names from here on may have been cut when they were read, to 512 columns (tmux/formats.ts), so that nobody
 * knows what a pattern would say of the whole: they fit what takes rights, and nothing that gives them.
 */
const LONG_NAME = 256;

/** Whether a session of this name exists for `identity`; what it may not see must look like what is not there. */
export function canSee(identity: Pick<Identity, 'sessions'>, sessionName: string): boolean {
  return identity.sessions.every(
    (patterns) =>
      patterns.includes('*') ||
      (sessionName.length < LONG_NAME &&
        patterns.some((pattern) => fitsPattern(sessionName, pattern))),
  );
}

/** Whether nothing is hidden from `identity`. */
export function seesAll(identity: Pick<Identity, 'sessions'>): boolean {
  return identity.sessions.every((patterns) => patterns.includes('*'));
}

/** Whether `identity` may type and change things in a session of this name that it can see. */
export function canChange(
  identity: Pick<Identity, 'role' | 'readOnly'>,
  sessionName: string,
  config: Pick<TmuxyConfig, 'readOnlySessions'>,
): boolean {
  return (
    !isOnlyLooking(identity) &&
    !config.readOnlySessions.some(
      (pattern) => sessionName.length >= LONG_NAME || fitsPattern(sessionName, pattern),
    )
  );
}

/** Whether `identity` changes nothing anywhere. */
export function isOnlyLooking({ role, readOnly }: Pick<Identity, 'role' | 'readOnly'>): boolean {
  return readOnly || role === 'viewer';
}
