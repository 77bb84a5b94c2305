import { Injectable } from '@nestjs/common';
import type { SessionId, SessionsView, SessionView } from '#dto';
import { SessionStreams } from '../events/session-streams.service.js';
import type { SessionListing } from '../tmux/tmux-cli.js';
import { TmuxGateway } from '../tmux/tmux-gateway.js';
import { SessionNotFoundError } from '../tmux/tmux.errors.js';
import { checkName } from './session-name.js';

/** tmux's sessions as people list and change them. */
@Injectable()
export class SessionsService {
  readonly #gateway: TmuxGateway;
  readonly #streams: SessionStreams;

  constructor(gateway: TmuxGateway, streams: SessionStreams) {
    this.#gateway = gateway;
    this.#streams = streams;
  }

  async list(): Promise<SessionsView> {
    const sessions = await this.#gateway.cli.listSessions();
    return {
      sessions: (sessions ?? []).map((session) => this.#view(session)),
      tmuxRunning: sessions !== undefined,
    };
  }

  /** @throws InvalidRequestError for a bad name; TmuxRejectedError when there is one of that name */
  async create(name: string): Promise<SessionView> {
    const checked = checkName(name);
    await this.#gateway.cli.newSession(checked);
    const created = (await this.#gateway.cli.listSessions())?.find(
      (session) => session.name === checked,
    );
    if (created === undefined) throw new SessionNotFoundError(checked);
    return this.#view(created);
  }

  async rename(id: SessionId, name: string): Promise<SessionView> {
    const checked = checkName(name);
    await this.#gateway.cli.renameSession((await this.#find(id)).id, checked);
    return this.#view(await this.#find(id));
  }

  async kill(id: SessionId): Promise<void> {
    await this.#gateway.cli.killSession((await this.#find(id)).id);
  }

  async #find(id: SessionId): Promise<SessionListing> {
    const found = (await this.#gateway.cli.listSessions())?.find((session) => session.id === id);
    if (found === undefined) throw new SessionNotFoundError(id);
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
