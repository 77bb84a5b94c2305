import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Role, SignInMethodName } from '#dto';

/**
 * What the database holds. Times are milliseconds since 1970. Lists are JSON in text columns, which both
 * databases keep as they are. Changed only by a new migration in `migrations.ts`.
 */

/** Somebody who signs in with a password. */
export const UserEntity = defineEntity({
  name: 'User',
  tableName: 'tmuxy_user',
  properties: {
    id: p.string().primary(),
    /** As typed, in NFC. */
    name: p.string().unique(),
    /** argon2id, as a PHC string; null: none yet, so no way in. */
    passwordHash: p.text().nullable(),
    role: p.string().$type<Role>(),
    readOnly: p.boolean(),
    /** JSON list of patterns of session names; null: all. */
    sessions: p.text().nullable(),
    isDisabled: p.boolean(),
    createdAt: p.bigint('number'),
  },
});

/** What a program signs its requests with. */
export const AccessTokenEntity = defineEntity({
  name: 'AccessToken',
  tableName: 'tmuxy_access_token',
  properties: {
    id: p.string().primary(),
    /** SHA-256 of the token, in hex; the token itself is nowhere. */
    digest: p.string().unique(),
    /** Whose it is: see auth/accounts.ts. */
    account: p.string(),
    name: p.string(),
    /** At most; never above the owner's. */
    role: p.string().$type<Role>(),
    readOnly: p.boolean(),
    /** JSON list of patterns of session names; null: all its owner sees. */
    sessions: p.text().nullable(),
    createdAt: p.bigint('number'),
    /** null: never. */
    expiresAt: p.bigint('number').nullable(),
    /** Exact to a minute; null: not yet. */
    lastUsedAt: p.bigint('number').nullable(),
  },
});

/** A browser that signed in. */
export const SignInEntity = defineEntity({
  name: 'SignIn',
  tableName: 'tmuxy_sign_in',
  properties: {
    id: p.string().primary(),
    /** SHA-256 of the cookie's secret, in hex. */
    digest: p.string().unique(),
    /** Whose it is: see auth/accounts.ts. A user's rights are the user's; others have theirs here. */
    account: p.string(),
    name: p.string(),
    role: p.string().$type<Role>(),
    readOnly: p.boolean(),
    /** JSON list of lists of patterns of session names. */
    sessions: p.text(),
    method: p.string().$type<SignInMethodName>(),
    address: p.string(),
    userAgent: p.text(),
    createdAt: p.bigint('number'),
    /** Exact to a minute. */
    lastActiveAt: p.bigint('number'),
  },
});

/** One row, whose number grows with every change of users, tokens and sign-ins. */
export const RevisionEntity = defineEntity({
  name: 'Revision',
  tableName: 'tmuxy_revision',
  properties: { id: p.integer().primary(), value: p.bigint('number') },
});

export const ENTITIES = [UserEntity, AccessTokenEntity, SignInEntity, RevisionEntity] as const;

export type UserRow = InferEntity<typeof UserEntity>;
export type AccessTokenRow = InferEntity<typeof AccessTokenEntity>;
export type SignInRow = InferEntity<typeof SignInEntity>;
