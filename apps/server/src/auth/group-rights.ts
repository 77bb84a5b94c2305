import type { GroupSection } from '../config/sections.js';
import { ForbiddenError } from '../http/app-error.js';
import type { Grant } from './rights.js';

/** Group of everybody who was let in. */
const EVERYBODY = '*';

/** What somebody may whom a reverse proxy or an OpenID Connect provider vouches for. */
export type GroupRights = Pick<Grant, 'role' | 'readOnly' | 'sessions'>;

/** Somebody else knows who this is, but nobody here said what they may do. */
export class NoRoleError extends ForbiddenError {
  constructor() {
    super(
      'Nobody gave you a role here: ask whoever runs this server to name one of your groups ' +
        "under 'groups' in its configuration.",
    );
  }
}

/**
 * The rights of the first entry of the configuration that names one of `groups`; `*` names everybody.
 * A user of that name in our own database adds nothing: whoever vouches for a name decides about its
 * groups, and two sources of rights for one name would let each raise the other's.
 *
 * @returns undefined when no entry fits; {@link NoRoleError} says so
 */
export function rightsOfGroups(
  groups: readonly string[],
  entries: readonly GroupSection[],
): GroupRights | undefined {
  const mine = new Set(groups.map((group) => group.normalize('NFC')));
  const entry = entries.find(
    ({ group }) => group === EVERYBODY || mine.has(group.normalize('NFC')),
  );
  if (!entry) return undefined;
  return {
    role: entry.role,
    readOnly: entry.readOnly ?? false,
    ...(entry.sessions === undefined ? {} : { sessions: [entry.sessions] }),
  };
}
