import type { Role } from '#dto';
import { SESSION_PATTERN } from '../../config/sections.js';
import { InvalidRequestError } from '../../http/app-error.js';
import type { AccessTokenRow } from '../../storage/entities.js';
import type { Account } from '../accounts.js';
import { createAccessToken, createId, digestOf } from '../secrets.js';

export const DAY_MS = 24 * 3_600_000;
/** How long a token lives when nobody says otherwise. */
export const TOKEN_DAYS_DEFAULT = 90;
/** Ten years; longer is `never`, which has to be said. */
export const TOKEN_DAYS_MAX = 3_650;
/** Letters and digits of any script, `_ . @ -` and spaces inside. */
const NAME = /^[\p{L}\p{N}._@-](?:[\p{L}\p{N}._@ -]{0,62}[\p{L}\p{N}._@-])?$/u;
const PATTERNS_MAX = 64;

/** What a token is made of. */
export interface AccessTokenSpec {
  readonly account: Account;
  readonly name: string;
  /** At most; its owner's when lower. */
  readonly role: Role;
  readonly readOnly: boolean;
  /** Patterns of session names; null: all its owner sees. */
  readonly sessions: readonly string[] | null;
  /** null: never. */
  readonly expiresInDays: number | null;
}

/** @returns the row to store and the token, which is told once */
export function newAccessToken(spec: AccessTokenSpec): {
  readonly row: AccessTokenRow;
  readonly token: string;
} {
  const token = createAccessToken();
  const now = Date.now();
  const row: AccessTokenRow = {
    id: createId(),
    digest: digestOf(token),
    account: spec.account,
    name: checkTokenName(spec.name),
    role: spec.role,
    readOnly: spec.readOnly,
    sessions: spec.sessions === null ? null : JSON.stringify(checkPatterns(spec.sessions)),
    createdAt: now,
    expiresAt: spec.expiresInDays === null ? null : now + spec.expiresInDays * DAY_MS,
    lastUsedAt: null,
  };
  return { row, token };
}

/** @returns the name in NFC. @throws InvalidRequestError */
function checkTokenName(name: string): string {
  const normal = name.normalize('NFC');
  if (!NAME.test(normal)) {
    throw new InvalidRequestError(
      'A token is named with up to 64 letters, digits, spaces and . _ @ -',
    );
  }
  return normal;
}

/** @returns the patterns. @throws InvalidRequestError when one of them can fit no session name */
export function checkPatterns(patterns: readonly string[]): readonly string[] {
  if (
    patterns.length > PATTERNS_MAX ||
    !patterns.every((pattern) => SESSION_PATTERN.test(pattern))
  ) {
    throw new InvalidRequestError(
      `Sessions are given as up to ${String(PATTERNS_MAX)} patterns of their names, such as dev-*: no colon, full stop or control character.`,
    );
  }
  return patterns;
}
