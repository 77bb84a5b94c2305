import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Connection } from './connection.js';
import { SessionTokenRequiredError } from './tokens.errors.js';

const connections = new WeakMap<object, Connection>();

/** Remembers whose token `request` carries; called by the guard only. */
export function setConnection(request: object, connection: Connection): void {
  connections.set(request, connection);
}

/** @returns whose token the request carries; undefined before the guard ran */
export function connectionOf(request: object): Connection | undefined {
  return connections.get(request);
}

/** The connection whose session token the request carries; needs `SessionTokenGuard`. */
export const CurrentConnection = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Connection => {
    const connection = connectionOf(context.switchToHttp().getRequest<object>());
    if (connection === undefined) throw new SessionTokenRequiredError();
    return connection;
  },
);
