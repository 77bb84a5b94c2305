import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { HEARTBEAT_MS } from '#dto/constants';
import type { NoticeEvent, SessionId } from '#dto';
import { CredentialEvents, type CredentialEndReason } from '../auth/credential-events.js';
import { TmuxyConfig } from '../config/config.js';
import { UnavailableError } from '../http/app-error.js';
import { SessionAccess } from '../policy/session-access.js';
import type { SessionListing } from '../tmux/tmux-cli.js';
import { TmuxGateway } from '../tmux/tmux-gateway.js';
import { returnMs } from './return-time.js';
import { SessionStream } from './session-stream.js';

/** What people read when their streams end with their credential. */
const ENDED: Readonly<Record<CredentialEndReason, string>> = {
  'signed-out': 'You have been signed out.',
  revoked: 'This access was revoked. Sign in again.',
  expired: 'This sign-in has run out. Sign in again.',
  'rights-changed': 'What you may do here was changed.',
};

/** The streams of all watched sessions: one per tmux session, shared by everybody who watches it. */
@Injectable()
export class SessionStreams implements OnModuleInit, OnModuleDestroy, BeforeApplicationShutdown {
  readonly #gateway: TmuxGateway;
  readonly #config: TmuxyConfig;
  readonly #credentials: CredentialEvents;
  readonly #access: SessionAccess;
  readonly #logger = new Logger(SessionStreams.name);
  /** Streams that attach right now, by tmux server and session. */
  readonly #opening = new Map<string, Promise<SessionStream>>();
  readonly #open = new Set<SessionStream>();
  #isDraining = false;
  #heartbeat: NodeJS.Timeout | undefined;
  #forgetCredentials: (() => void) | undefined;

  constructor(
    gateway: TmuxGateway,
    config: TmuxyConfig,
    credentials: CredentialEvents,
    access: SessionAccess,
  ) {
    this.#access = access;
    this.#gateway = gateway;
    this.#config = config;
    this.#credentials = credentials;
  }

  onModuleInit(): void {
    // Twice as often as promised: an event just after one tick silences the next.
    this.#heartbeat = setInterval(() => {
      for (const stream of this.#open) stream.heartbeat();
    }, HEARTBEAT_MS / 2).unref();
    this.#forgetCredentials = this.#credentials.onEnded(({ credentialId, reason }) => {
      for (const stream of this.#open) {
        stream.dismiss((viewer) => viewer.identity.credentialId === credentialId, {
          code: reason,
          message: ENDED[reason],
        });
      }
    });
  }

  onModuleDestroy(): void {
    clearInterval(this.#heartbeat);
    this.#forgetCredentials?.();
  }

  /** Tells every viewer that the server stops, ends their streams and leaves tmux as it is. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isDraining = true;
    const last = {
      code: 'draining',
      message: 'The tmuxy server stops. Your tmux sessions go on; this page comes back with it.',
    } as const;
    await Promise.allSettled(this.#opening.values());
    const count = [...this.#open].reduce((sum, { viewerCount }) => sum + viewerCount, 0);
    let index = 0;
    await Promise.all(
      [...this.#open].map(async (stream) => {
        stream.dismiss(
          () => true,
          () => ({ ...last, retryMs: returnMs(index++, count) }),
        );
        await stream.close();
      }),
    );
  }

  /** Tells something to everybody who watches anything. */
  announce(notice: NoticeEvent): void {
    for (const stream of this.#open) stream.announce(notice);
  }

  viewerCount(id: SessionId): number {
    const stream = [...this.#open].find((open) => open.session.id === id);
    return stream?.viewerCount ?? 0;
  }

  /**
   * The stream of a session, attached to tmux first when nobody watches it yet.
   * @throws UnavailableError while the server stops; TmuxUnavailableError when tmux cannot be attached
   */
  async open(session: SessionListing): Promise<SessionStream> {
    if (this.#isDraining) throw new UnavailableError('The server is stopping.');
    const open = [...this.#open].find((stream) => isStreamOf(stream, session));
    if (open !== undefined) return open;
    const key = `${session.server} ${session.id}`;
    const opening = this.#opening.get(key) ?? this.#start(session);
    this.#opening.set(key, opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(key);
    }
  }

  async #start({ id, name }: SessionListing): Promise<SessionStream> {
    const stream: SessionStream = new SessionStream(
      this.#gateway,
      { id, name },
      {
        ringBytes: this.#config.ringBytes,
        graceMs: this.#config.graceMs,
        access: this.#access,
        onClosed: () => {
          this.#open.delete(stream);
          this.#logger.log(`stopped watching session ${id}`);
        },
      },
    );
    await stream.start();
    this.#open.add(stream);
    this.#logger.log(`watching session ${id}`);
    return stream;
  }
}

/** Whether this is the session's stream; one that lost tmux waits for its name and takes no other's id. */
function isStreamOf(stream: SessionStream, session: SessionListing): boolean {
  const { model } = stream;
  if (model === undefined) return stream.session.name === session.name;
  return model.server === session.server && model.session.id === session.id;
}
