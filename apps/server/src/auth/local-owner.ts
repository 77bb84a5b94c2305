import { userInfo } from 'node:os';
import type { Grant } from './rights.js';

/** Whoever can read what the server prints: the person it runs as. */
export function localOwner(): Pick<Grant, 'name' | 'role' | 'readOnly'> {
  return { name: userInfo().username, role: 'admin', readOnly: false };
}
