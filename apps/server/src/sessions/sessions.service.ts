import { Injectable } from '@nestjs/common';
import type { SessionId, SessionsView, SessionView } from '#dto';
import type { Identity } from '../auth/identity.js';
import { SessionStreams } from '../events/session-streams.service.js';
import { OperationPolicy } from '../policy/operation-policy.service.js';
import { SessionAccess } from '../policy/session-access.js';
import type { SessionListing } from '../tmux/tmux-cli.js';
import { TmuxGateway } from '../tmux/tmux-gateway.js';
import { SessionNotFoundError } from '../tmux/tmux.errors.js';
import { checkName } from './session-name.js';

/** tmux's sessions as people list and change them; those that one may not see are not there for them. */
@Injectable()
export class SessionsService {
  readonly #gateway: TmuxGateway;
  readonly #streams: SessionStreams;
  readonly #access: SessionAccess;
  readonly #operations: OperationPolicy;

  constructor(
    gateway: TmuxGateway,
    streams: SessionStreams,
    access: SessionAccess,
    operations: OperationPolicy,
  ) {
    this.#gateway = gateway;
    this.#streams = streams;
    this.#access = access;
    this.#operations = operations;
  }

  async list(who: Identity): Promise<SessionsView> {
    const sessions = await this.#gateway.cli.listSessions();
    const seen = (sessions ?? []).filter(({ name }) => this.#access.canSee(who, name));
    return {
      sessions: seen.map((session) => this.#view(session)),
      tmuxRunning: sessions !== undefined,
    };
  }

  /**
   * @throws PolicyDeniedError; InvalidRequestError for a bad name; ForbiddenError and ReadOnlyError for one they may not give;
   * TmuxRejectedError when there is one of that name
   */
  async create(who: Identity, name: string): Promise<SessionView> {
    this.#operations.assertAllowed(who.role, 'new-session');
    const checked = checkName(name);
    this.#access.assertMayName(who, checked);
    await this.#gateway.cli.newSession(checked);
    const created = (await this.#gateway.cli.listSessions())?.find(
      (session) => session.name === checked,
    );
    if (created === undefined) throw new SessionNotFoundError(checked);
    return this.#view(created);
  }

  /** @throws as `create`, and SessionNotFoundError */
  async rename(who: Identity, id: SessionId, name: string): Promise<SessionView> {
    this.#operations.assertAllowed(who.role, 'rename-session');
    const checked = checkName(name);
    const session = await this.#findToChange(who, id);
    this.#access.assertMayName(who, checked);
    await this.#gateway.cli.renameSession(session.id, checked);
    return this.#view(await this.#find(who, id));
  }

  /** @throws PolicyDeniedError; SessionNotFoundError; ReadOnlyError */
  async kill(who: Identity, id: SessionId): Promise<void> {
    this.#operations.assertAllowed(who.role, 'kill-session');
    await this.#gateway.cli.killSession((await this.#findToChange(who, id)).id);
  }

  async #findToChange(who: Identity, id: SessionId): Promise<SessionListing> {
    const session = await this.#find(who, id);
    this.#access.assertMayChange(who, session.name);
    return session;
  }

  async #find(who: Identity, id: SessionId): Promise<SessionListing> {
    const found = (await this.#gateway.cli.listSessions())?.find((session) => session.id === id);
    if (found === undefined || !this.#access.canSee(who, found.name)) {
      throw new SessionNotFoundError(id);
    }
    return found;
  }

  #view(session: SessionListing): SessionView {
    const { server: _server, ...listed } = session;
    return {
      ...listed,
      createdAt: session.createdAt.toISOString(),
      lastActivityAt: session.lastActivityAt.toISOString(),
      viewers: this.#streams.viewerCount(session.id),
    };
  }
}
