import { hash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
/** base64url of 256 bits. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** A new secret of 256 random bits, as base64url (safe in cookies, fragments and headers). */
export function createSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** A new name for something, 96 random bits; not a secret. */
export function createId(): string {
  return randomBytes(12).toString('hex');
}

/** Whether `text` looks like one of ours; cheaper than hashing whatever somebody sends. */
export function isSecret(text: unknown): text is string {
  return typeof text === 'string' && SECRET.test(text);
}

/**
 * SHA-256 in hex: what is stored and looked up instead of the secret. With 256 random bits behind it a
 * slow hash adds nothing, and the time a look-up takes says nothing about the secret.
 */
export function digestOf(secret: string): string {
  return hash('sha256', secret);
}

/** What access tokens begin with, so that scanners of leaked secrets know one when they see it. */
const ACCESS_TOKEN_PREFIX = 'tmuxy_';

/** A new access token: 256 random bits behind {@link ACCESS_TOKEN_PREFIX}. */
export function createAccessToken(): string {
  return ACCESS_TOKEN_PREFIX + createSecret();
}

/** Whether `text` looks like an access token; cheaper than hashing whatever somebody sends. */
export function isAccessToken(text: string): boolean {
  return text.startsWith(ACCESS_TOKEN_PREFIX) && isSecret(text.slice(ACCESS_TOKEN_PREFIX.length));
}
