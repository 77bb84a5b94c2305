import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { identityOf, type Identity } from '../auth/identity.js';
import { ForbiddenError, InvalidRequestError, UnauthenticatedError } from '../http/app-error.js';
import { singleQuery } from '../http/single-query.js';
import { checkName } from '../sessions/session-name.js';
import type { SessionListing } from '../tmux/tmux-cli.js';
import { TmuxGateway } from '../tmux/tmux-gateway.js';
import { SessionNotFoundError } from '../tmux/tmux.errors.js';
import { setStream } from './requested-stream.js';
import { SessionStreams } from './session-streams.service.js';

/**
 * Finds the session a stream is asked for, or creates it, and attaches to it. A guard, because once Nest
 * runs an `@Sse` handler it has promised an event stream and can no longer answer with a status.
 */
@Injectable()
export class SessionStreamGuard implements CanActivate {
  readonly #gateway: TmuxGateway;
  readonly #streams: SessionStreams;

  constructor(gateway: TmuxGateway, streams: SessionStreams) {
    this.#gateway = gateway;
    this.#streams = streams;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const identity = identityOf(request);
    if (identity === undefined) throw new UnauthenticatedError('Sign in first.');
    const name = singleQuery(request.query, 'session');
    const create = singleQuery(request.query, 'create');
    if (name === undefined || name === '') {
      throw new InvalidRequestError('Say which session: /events?session=NAME.');
    }
    const session = (await this.#find(name)) ?? (await this.#create(name, create, identity));
    setStream(request, { stream: await this.#streams.open(session), openedAs: name });
    return true;
  }

  async #find(name: string): Promise<SessionListing | undefined> {
    return (await this.#gateway.cli.listSessions())?.find((session) => session.name === name);
  }

  async #create(
    name: string,
    create: string | undefined,
    identity: Identity,
  ): Promise<SessionListing> {
    if (create !== '1') throw new SessionNotFoundError(name);
    if (identity.readOnly || identity.role === 'viewer') {
      throw new ForbiddenError('You may look at sessions here, not create them.');
    }
    const checked = checkName(name);
    await this.#gateway.cli.newSession(checked);
    const created = await this.#find(checked);
    if (created === undefined) throw new SessionNotFoundError(checked);
    return created;
  }
}
