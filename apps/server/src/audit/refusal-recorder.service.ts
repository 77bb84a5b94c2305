import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { AuditEntry, AuditValue } from '#audit-log';
import { COMMAND_NAMES, type ErrorCode } from '#dto';
import { claimedNameOf } from '../auth/identity.js';
import { limitKeyOf } from '../http/edge/client-address.js';
import { textOf } from '../http/audited.decorator.js';
import { type Refusal, Refusals } from '../http/refusals.js';
import { connectionOf } from '../tokens/current-connection.js';
import { AuditTrail } from './audit-trail.service.js';
import { failureOfCode } from './failure.js';
import { FULL_ANONYMOUS, FULL_KNOWN, RefusalTally, WINDOW_MS } from './refusal-tally.js';
import { actorOf, type Who, whoOf } from './who.js';

const PATH_MAX = 256;
/** Records every refusal once: those that are the outcome of an intent were recorded with it. */
@Injectable()
export class RefusalRecorder implements OnModuleInit, OnApplicationShutdown {
  readonly #refusals: Refusals;
  readonly #trail: AuditTrail;
  readonly #tally = new RefusalTally<{ readonly who: Who; readonly code: ErrorCode }>();
  #stop: () => void = () => undefined;
  #window: NodeJS.Timeout | undefined;

  constructor(refusals: Refusals, trail: AuditTrail) {
    this.#refusals = refusals;
    this.#trail = trail;
  }

  onModuleInit(): void {
    this.#stop = this.#refusals.onRefused((refusal) => {
      this.#record(refusal);
    });
    this.#window = setInterval(() => {
      this.#tellRepeated();
    }, WINDOW_MS).unref();
  }

  onApplicationShutdown(): void {
    this.#stop();
    clearInterval(this.#window);
    this.#tellRepeated();
  }

  #record(refusal: Refusal): void {
    const { request, error, code } = refusal;
    if (this.#trail.isRecorded(error)) return;
    const who: Who = request
      ? whoOf(request)
      : { actor: actorOf(undefined, refusal.address ?? null) };
    const { name, address } = who.actor;
    const kind = JSON.stringify([name, address === null ? null : limitKeyOf(address), code]);
    if (this.#tally.count(kind, fullOf({ who }), { who, code })) {
      this.#trail.note(who, entryOf(refusal));
    }
  }

  #tellRepeated(): void {
    for (const { first, count } of this.#tally.turn(fullOf)) {
      this.#trail.note(
        { actor: first.who.actor },
        { action: 'request.refused', reason: first.code, params: { repeated: count } },
      );
    }
  }
}

function fullOf({ who }: { readonly who: Who }): number {
  return who.actor.name === null ? FULL_ANONYMOUS : FULL_KNOWN;
}

function entryOf({
  request,
  status,
  code,
  message,
  details,
}: Refusal): Omit<AuditEntry, 'actor' | 'correlationId'> {
  const command = details?.['command'] ?? (request && commandOf(request));
  const user = request && claimedNameOf(request);
  return {
    action: 'request.refused',
    ...(request ? { target: targetOf(request) } : {}),
    params: {
      status,
      ...(typeof command === 'string' ? { command } : {}),
      ...(user === undefined ? {} : { user }),
    },
    ...failureOfCode(code, message, details),
  };
}

function targetOf(request: IncomingMessage): Readonly<Record<string, AuditValue>> {
  const session = connectionOf(request)?.session().name;
  return {
    method: request.method ?? '',
    path: pathOf(request.url),
    ...(session === undefined ? {} : { session }),
  };
}

/** Which command a connection sent, where it is one: whatever else stands there is not for the log. */
function commandOf(request: IncomingMessage & { readonly body?: unknown }): string | undefined {
  if (connectionOf(request) === undefined) return undefined;
  const name = textOf(request.body, 'cmd');
  return COMMAND_NAMES.find((known) => known === name);
}

/** Without the query, which may hold anything. */
function pathOf(url = ''): string {
  return (url.split('?', 1)[0] ?? '').slice(0, PATH_MAX);
}
