import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { AuditTrail } from '../audit/audit-trail.service.js';
import { whoOf } from '../audit/who.js';
import { CredentialEvents } from '../auth/credential-events.js';
import { identityOf, type Identity } from '../auth/identity.js';
import { isOnlyLooking } from '../auth/rights.js';
import { assertStillIn } from '../auth/still-in.js';
import { ForbiddenError, InvalidRequestError, UnauthenticatedError } from '../http/app-error.js';
import { singleQuery } from '../http/single-query.js';
import { OperationPolicy } from '../policy/operation-policy.service.js';
import { SessionAccess } from '../policy/session-access.js';
import { checkName } from '../sessions/session-name.js';
import type { SessionListing } from '../tmux/tmux-cli.js';
import { TmuxGateway } from '../tmux/tmux-gateway.js';
import { SessionNotFoundError } from '../tmux/tmux.errors.js';
import { setStream } from './requested-stream.js';
import { SharedCall } from './shared-call.js';
import { SessionStreams } from './session-streams.service.js';

/**
 * Finds the session a stream is asked for, or creates it, and attaches to it. A guard, because once Nest
 * runs an `@Sse` handler it has promised an event stream and can no longer answer with a status.
 */
@Injectable()
export class SessionStreamGuard implements CanActivate {
  readonly #gateway: TmuxGateway;
  readonly #streams: SessionStreams;
  readonly #access: SessionAccess;
  readonly #credentials: CredentialEvents;
  readonly #operations: OperationPolicy;
  readonly #trail: AuditTrail;
  /** A process of tmux each: a crowd that comes back after a restart shares them. */
  readonly #listing: SharedCall<readonly SessionListing[] | undefined>;

  constructor(
    gateway: TmuxGateway,
    streams: SessionStreams,
    access: SessionAccess,
    credentials: CredentialEvents,
    operations: OperationPolicy,
    trail: AuditTrail,
  ) {
    this.#gateway = gateway;
    this.#streams = streams;
    this.#access = access;
    this.#credentials = credentials;
    this.#operations = operations;
    this.#trail = trail;
    this.#listing = new SharedCall(() => gateway.cli.listSessions());
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const identity = identityOf(request);
    if (identity === undefined) throw new UnauthenticatedError('Sign in first.');
    // Express hands a HEAD to whoever answers GET; it would hold a stream that nobody reads.
    if (request.method !== 'GET') throw new InvalidRequestError('A stream is opened with GET.');
    const name = singleQuery(request.query, 'session');
    const create = singleQuery(request.query, 'create');
    const acknowledges = acknowledgesBy(singleQuery(request.query, 'flow'));
    if (name === undefined || name === '') {
      throw new InvalidRequestError('Say which session: /events?session=NAME.');
    }
    // Decided by the name alone, so that a session out of sight answers like one that is not there.
    const found = this.#access.canSee(identity, name) ? await this.#find(name) : undefined;
    const session = found ?? (await this.#create(name, create, identity, request));
    const act = { action: 'stream.open', target: { session: session.name } };
    const intent = await this.#trail.intent(whoOf(request), act);
    try {
      const stream = await this.#streams.open(session);
      assertStillIn(this.#credentials, identity);
      setStream(request, { stream, openedAs: name, acknowledges, intent });
    } catch (error) {
      intent.failed(error);
      throw error;
    }
    return true;
  }

  async #find(name: string): Promise<SessionListing | undefined> {
    return (await this.#listing.get())?.find((session) => session.name === name);
  }

  async #create(
    name: string,
    create: string | undefined,
    identity: Identity,
    request: Request,
  ): Promise<SessionListing> {
    if (create !== '1') throw new SessionNotFoundError(name);
    if (isOnlyLooking(identity)) {
      throw new ForbiddenError('You may look at sessions here, not create them.');
    }
    this.#operations.assertAllowed(identity.role, 'new-session');
    const checked = checkName(name);
    this.#access.assertMayName(identity, checked);
    const act = { action: 'session.create', target: { session: checked } };
    await this.#trail.around(whoOf(request), act, () => this.#gateway.cli.newSession(checked));
    const created = await this.#find(checked);
    if (created === undefined) throw new SessionNotFoundError(checked);
    return created;
  }
}

/** @throws InvalidRequestError for a way of flow control that this server does not know */
function acknowledgesBy(flow: string | undefined): boolean {
  if (flow !== undefined && flow !== 'ack') {
    throw new InvalidRequestError('The flow of a stream is “ack”, or left out.');
  }
  return flow === 'ack';
}
