import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  FLOW_ACK_CHARS,
  FLOW_ACK_MS,
  FLOW_WINDOW_CHARS,
  HEARTBEAT_MS,
  HIDDEN_HEARTBEAT_MS,
  INPUT_MAX_BYTES,
  MAX_COLS,
  MAX_ROWS,
  MIN_COLS,
  MIN_ROWS,
  PASTE_MAX_BYTES,
} from '#dto/constants';
import type { ConnectionInfoEvent, FlowView } from '#dto';
import { AuditTrail, type Intent } from '../audit/audit-trail.service.js';
import type { Who } from '../audit/who.js';
import type { Identity } from '../auth/identity.js';
import { SessionAccess } from '../policy/session-access.js';
import { TmuxyConfig } from '../config/config.js';
import { SERVER_VERSION } from '../config/package.js';
import { InputSequence } from '../tokens/input-sequence.js';
import { SessionTokensService } from '../tokens/session-tokens.service.js';
import type { OpenConnection } from './open-connection.js';
import { FlowWindow } from './flow-window.js';
import type { SessionStream } from './session-stream.js';
import { ViewerFeed } from './viewer-feed.js';
import { ViewerQueue, type ViewerSink } from './viewer-queue.js';
import type { Viewer } from './viewer.js';

export interface ConnectRequest {
  readonly identity: Identity;
  readonly who: Who;
  /** The record of its opening. */
  readonly intent: Intent;
  /** The name the client asked for. */
  readonly openedAs: string;
  readonly lastEventId: number | undefined;
  /** Whether the client acknowledges what it reads. */
  readonly acknowledges: boolean;
  readonly sink: ViewerSink;
}

/** Makes and ends connections: a viewer of a stream, with its session token. */
@Injectable()
export class ConnectionsService {
  readonly #tokens: SessionTokensService;
  readonly #config: TmuxyConfig;
  readonly #access: SessionAccess;
  readonly #trail: AuditTrail;
  readonly #open = new Map<string, OpenConnection>();

  constructor(
    tokens: SessionTokensService,
    config: TmuxyConfig,
    access: SessionAccess,
    trail: AuditTrail,
  ) {
    this.#tokens = tokens;
    this.#config = config;
    this.#access = access;
    this.#trail = trail;
  }

  /** @throws SessionTokenInvalidError when it has ended meanwhile; UnavailableError where the server stops */
  get(id: string): OpenConnection {
    const connection = this.#open.get(id);
    if (connection === undefined) throw this.#tokens.refusal();
    return connection;
  }

  /** Lets a client in; answers what to call when it is gone. */
  connect(stream: SessionStream, request: ConnectRequest): () => void {
    const { identity, who, openedAs, lastEventId, sink } = request;
    const flow = request.acknowledges ? new FlowWindow() : undefined;
    const reseed = (): void => stream.reseed(viewer);
    const queue = new ViewerQueue(sink, this.#config.viewerQueueBytes, reseed, flow);
    const canType = this.#access.canChange(identity, stream.session.name);
    const viewer: Viewer = {
      id: randomUUID(),
      identity,
      canType,
      queue,
      feed: new ViewerFeed(queue, flow),
      isSeeding: false,
      seededAt: -Infinity,
    };
    const connection: OpenConnection = {
      id: viewer.id,
      identity,
      openedAs,
      inputs: new InputSequence(),
      session: () => stream.session,
      viewer,
      stream,
      who,
    };
    this.#makeRoom(identity.credentialId);
    this.#open.set(connection.id, connection);
    const sessionToken = this.#tokens.issue(connection);
    sink.send({
      type: 'connection-info',
      data: JSON.stringify(infoFor(connection, sessionToken, flow !== undefined)),
    });
    stream.join(viewer, lastEventId);
    request.intent.done({ connection: connection.id, readOnly: !canType });
    const openedAt = performance.now();
    return () => {
      if (!this.#open.has(connection.id)) return;
      this.#trail.note(who, {
        action: 'stream.close',
        target: { session: stream.session.name },
        params: {
          connection: connection.id,
          seconds: Math.round((performance.now() - openedAt) / 1000),
        },
      });
      this.#tokens.revoke(sessionToken);
      this.#open.delete(connection.id);
      connection.inputs.close();
      stream.leave(viewer);
    };
  }

  /** A credential that opens ever more streams, a leaked one or a page gone wild, costs a bounded amount. */
  #makeRoom(credentialId: string): void {
    const own = [...this.#open.values()].filter(
      ({ identity }) => identity.credentialId === credentialId,
    );
    const most = this.#config.streamsPerCredential;
    for (const { id, stream } of own.slice(0, Math.max(0, own.length - most + 1))) {
      stream.dismiss((viewer) => viewer.id === id, {
        code: 'too-many-streams',
        message: `This was opened in more than ${most} places at once, so the oldest was closed.`,
      });
    }
  }
}

const FLOW: FlowView = {
  windowChars: FLOW_WINDOW_CHARS,
  ackChars: FLOW_ACK_CHARS,
  ackMs: FLOW_ACK_MS,
};

function infoFor(
  connection: OpenConnection,
  sessionToken: string,
  acknowledges: boolean,
): ConnectionInfoEvent {
  const { identity, stream, viewer } = connection;
  return {
    connectionId: connection.id,
    sessionToken,
    session: stream.session.name,
    identity: { name: identity.name, role: identity.role },
    readOnly: !viewer.canType,
    serverVersion: SERVER_VERSION,
    tmuxVersion: stream.model?.tmuxVersion ?? '',
    heartbeatMs: HEARTBEAT_MS,
    hiddenHeartbeatMs: HIDDEN_HEARTBEAT_MS,
    flow: acknowledges ? FLOW : null,
    limits: {
      inputBytes: INPUT_MAX_BYTES,
      pasteBytes: PASTE_MAX_BYTES,
      minCols: MIN_COLS,
      maxCols: MAX_COLS,
      minRows: MIN_ROWS,
      maxRows: MAX_ROWS,
    },
  };
}
