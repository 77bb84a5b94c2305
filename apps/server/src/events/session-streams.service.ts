import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { HEARTBEAT_MS } from '#dto/constants';
import type { SessionId, SessionRef } from '#dto';
import { SignInsService } from '../auth/sign-ins.service.js';
import { TmuxyConfig } from '../config/config.js';
import { UnavailableError } from '../http/app-error.js';
import { TmuxGateway } from '../tmux/tmux-gateway.js';
import { SessionStream } from './session-stream.js';

/** The streams of all watched sessions: one per tmux session, shared by everybody who watches it. */
@Injectable()
export class SessionStreams implements OnModuleInit, OnModuleDestroy, BeforeApplicationShutdown {
  readonly #gateway: TmuxGateway;
  readonly #config: TmuxyConfig;
  readonly #signIns: SignInsService;
  readonly #logger = new Logger(SessionStreams.name);
  readonly #streams = new Map<SessionId, Promise<SessionStream>>();
  /** Those that are attached, for what cannot wait. */
  readonly #open = new Set<SessionStream>();
  #isDraining = false;
  #heartbeat: NodeJS.Timeout | undefined;
  #forgetSignIns: (() => void) | undefined;

  constructor(gateway: TmuxGateway, config: TmuxyConfig, signIns: SignInsService) {
    this.#gateway = gateway;
    this.#config = config;
    this.#signIns = signIns;
  }

  onModuleInit(): void {
    // Twice as often as promised: an event just after one tick silences the next.
    this.#heartbeat = setInterval(() => {
      for (const stream of this.#open) stream.heartbeat();
    }, HEARTBEAT_MS / 2).unref();
    this.#forgetSignIns = this.#signIns.onEnded((signInId) => {
      for (const stream of this.#open) {
        stream.dismiss((viewer) => viewer.identity.signInId === signInId, {
          code: 'signed-out',
          message: 'You have been signed out.',
        });
      }
    });
  }

  onModuleDestroy(): void {
    clearInterval(this.#heartbeat);
    this.#forgetSignIns?.();
  }

  /** Tells every viewer that the server stops, ends their streams and leaves tmux as it is. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isDraining = true;
    const last = {
      code: 'draining',
      message: 'The tmuxy server stops. Your tmux sessions go on; this page comes back with it.',
    } as const;
    const streams = await Promise.allSettled(this.#streams.values());
    await Promise.all(
      streams.map(async (result) => {
        if (result.status === 'rejected') return;
        result.value.dismiss(() => true, last);
        await result.value.close();
      }),
    );
  }

  viewerCount(id: SessionId): number {
    const stream = [...this.#open].find((open) => open.session.id === id);
    return stream?.viewerCount ?? 0;
  }

  /**
   * The stream of a session, attached to tmux first when nobody watches it yet.
   * @throws UnavailableError while the server stops; TmuxUnavailableError when tmux cannot be attached
   */
  open(session: SessionRef): Promise<SessionStream> {
    if (this.#isDraining) throw new UnavailableError('The server is stopping.');
    const existing = this.#streams.get(session.id);
    if (existing !== undefined) return existing;
    const opening = this.#start(session);
    this.#streams.set(session.id, opening);
    opening.catch(() => this.#streams.delete(session.id));
    return opening;
  }

  async #start(session: SessionRef): Promise<SessionStream> {
    const stream: SessionStream = new SessionStream(this.#gateway, session, {
      ringBytes: this.#config.ringBytes,
      graceMs: this.#config.graceMs,
      onClosed: () => {
        this.#streams.delete(session.id);
        this.#open.delete(stream);
        this.#logger.log(`stopped watching session ${session.id}`);
      },
    });
    await stream.start();
    this.#open.add(stream);
    this.#logger.log(`watching session ${session.id}`);
    return stream;
  }
}
