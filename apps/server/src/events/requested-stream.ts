import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { InvalidRequestError } from '../http/app-error.js';
import type { Intent } from '../audit/audit-trail.service.js';
import type { SessionStream } from './session-stream.js';

/** The stream a request asked for. */
export interface RequestedSession {
  readonly stream: SessionStream;
  /** The name it was asked for by. */
  readonly openedAs: string;
  /** Whether it said that it will acknowledge what it reads. */
  readonly acknowledges: boolean;
  /** The record of its opening. */
  readonly intent: Intent;
}

const requested = new WeakMap<object, RequestedSession>();

/** Remembers what `request` asked for; called by the guard only. */
export function setStream(request: object, stream: RequestedSession): void {
  requested.set(request, stream);
}

/** The stream that `SessionStreamGuard` opened for the request. */
export const RequestedStream = createParamDecorator(
  (_data: unknown, context: ExecutionContext): RequestedSession => {
    const found = requested.get(context.switchToHttp().getRequest<object>());
    if (found === undefined) throw new InvalidRequestError('Say which session.');
    return found;
  },
);
