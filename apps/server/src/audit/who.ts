import type { IncomingMessage } from 'node:http';
import type { AuditActor } from '#audit-log';
import { type Identity, identityOf } from '../auth/identity.js';
import { correlationIdOf } from '../http/correlation-id.js';
import { clientAddressOf } from '../http/edge/client-address.js';

/** Who asked, from where, in which request. */
export interface Who {
  readonly actor: AuditActor;
  /** Absent for what no request asked for. */
  readonly correlationId?: string;
}

/** The server itself, for what nobody asked for. */
export const SERVER: Who = {
  actor: { name: null, role: null, credential: 'server', method: null, address: null },
};

/** Who sent `request`, as far as is known by now. */
export function whoOf(request: IncomingMessage): Who {
  return {
    actor: actorOf(identityOf(request), clientAddressOf(request)),
    correlationId: correlationIdOf(request),
  };
}

/** An identity as the log names it. */
export function actorOf(identity: Identity | undefined, address: string | null): AuditActor {
  return {
    name: identity?.name ?? null,
    role: identity?.role ?? null,
    credential: identity?.credentialId ?? null,
    method: identity?.method ?? null,
    address,
  };
}
