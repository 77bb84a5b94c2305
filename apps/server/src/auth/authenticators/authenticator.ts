import type { Request } from 'express';
import type { Grant } from '../rights.js';

/** One way of saying who sends a request. */
export interface Authenticator {
  /**
   * @returns what the request's credential gives; undefined when it carries none of this kind
   * @throws UnauthenticatedError when it carries one that is wrong, ended or not allowed
   */
  authenticate(request: Request): Promise<Grant | undefined> | Grant | undefined;
}

/** Injection token of all {@link Authenticator}s in the order in which they are asked. */
export const AUTHENTICATORS = Symbol('authenticators');
