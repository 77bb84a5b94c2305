import { hash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Connection } from './connection.js';

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
export class SessionTokensService {
  readonly #connections = new Map<string, Connection>();

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
