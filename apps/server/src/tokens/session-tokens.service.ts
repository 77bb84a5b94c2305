import { hash, randomBytes } from 'node:crypto';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type AppError, UnavailableError } from '../http/app-error.js';
import type { Connection } from './connection.js';
import { SessionTokenInvalidError } from './tokens.errors.js';

/** 128 bits, in hex digits. */
const TOKEN_BYTES = 16;
const TOKEN_PATTERN = /^[0-9a-f]{32}$/;

const digestOf = (token: string): string => hash('sha256', token);

/**
 * The session tokens of all open connections. A token is made for one connection, bound to its tmux session
 * and its identity, and dies with it. Only digests are kept, so nothing that reads this memory learns one,
 * and looking one up compares no secret byte by byte.
 */
@Injectable()
export class SessionTokensService implements OnModuleDestroy {
  readonly #connections = new Map<string, Connection>();
  #isStopping = false;

  /** Before streams end: what is under way then is told why its token is worth nothing any more. */
  onModuleDestroy(): void {
    this.#isStopping = true;
  }

  /** What to answer where a token is good for nothing. */
  refusal(): AppError {
    return this.#isStopping
      ? new UnavailableError('The server is stopping. Nothing was done; try again when it is back.')
      : new SessionTokenInvalidError();
  }

  /** Makes the connection's token; it is told once and not kept. */
  issue(connection: Connection): string {
    const token = randomBytes(TOKEN_BYTES).toString('hex');
    this.#connections.set(digestOf(token), connection);
    return token;
  }

  /** The connection a token was made for; undefined when it is none of ours or its stream has ended. */
  resolve(token: string): Connection | undefined {
    return TOKEN_PATTERN.test(token) ? this.#connections.get(digestOf(token)) : undefined;
  }

  revoke(token: string): void {
    this.#connections.delete(digestOf(token));
  }
}
