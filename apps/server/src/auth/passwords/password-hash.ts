import { hash, verify } from '@node-rs/argon2';
import { createSecret } from '../secrets.js';

/** argon2id, which is the library's default, as OWASP's Password Storage Cheat Sheet asks for at least: 19 MiB, 2 passes, 1 lane. */
const PARAMETERS = {
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const;

/** @returns the PHC string of a password that `checkNewPassword` returned */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password, PARAMETERS);
}

/** @returns whether it is the password of `passwordHash` */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return await verify(passwordHash, password);
}

/** A hash that no password fits, for names nobody has: it takes as long to say no. */
export async function unfittableHash(): Promise<string> {
  return await hashPassword(createSecret());
}
