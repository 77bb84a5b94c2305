import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import type { CommandName } from '#dto';
import { identityOf } from '../auth/identity.js';
import { ReadOnlyError } from '../http/app-error.js';
import { SessionAccess } from '../policy/session-access.js';
import { connectionOf } from '../tokens/current-connection.js';
import { SessionTokenInvalidError } from '../tokens/tokens.errors.js';

/** What somebody who only looks may ask for: it changes nothing in tmux. */
const HARMLESS: ReadonlySet<unknown> = new Set<CommandName>(['resync', 'ack', 'set-visibility']);

/**
 * Lets those who only look send what is harmless and nothing else. By the identity of this request and the
 * session's name of now; and before the body is checked, so that no shape of it can make a difference.
 */
@Injectable()
export class ReadOnlyInterceptor implements NestInterceptor {
  readonly #access: SessionAccess;

  constructor(access: SessionAccess) {
    this.#access = access;
  }

  /** @throws ReadOnlyError; SessionTokenInvalidError when the session was renamed out of sight */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const identity = identityOf(request);
    const connection = connectionOf(request);
    if (identity === undefined || connection === undefined) throw new SessionTokenInvalidError();
    const { name } = connection.session();
    if (!this.#access.canSee(identity, name)) throw new SessionTokenInvalidError();
    const body: unknown = request.body;
    const cmd = typeof body === 'object' && body !== null && 'cmd' in body ? body.cmd : undefined;
    // Also who opened the stream: it ends when rights change, but that may be a moment away.
    const mayType = [identity, connection.identity].every((who) =>
      this.#access.canChange(who, name),
    );
    if (!mayType && !HARMLESS.has(cmd)) {
      throw new ReadOnlyError('You are watching this session read-only.');
    }
    return next.handle();
  }
}
