import { userInfo } from 'node:os';
import type { Identity } from './identity.js';

/** Whoever can read what the server prints: the person it runs as. */
export function localOwner(): Omit<Identity, 'signInId'> {
  return { name: userInfo().username, role: 'admin', readOnly: false };
}
