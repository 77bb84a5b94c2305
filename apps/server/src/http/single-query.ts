import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { InvalidRequestError } from './app-error.js';

/**
 * Reads a query parameter that may be given at most once.
 *
 * @returns the value, or undefined when it is absent
 * @throws InvalidRequestError when it is repeated: two readers could each believe a different one
 */
export function singleQuery(
  query: Readonly<Record<string, unknown>>,
  name: string,
): string | undefined {
  const value = Object.hasOwn(query, name) ? query[name] : undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw new InvalidRequestError(`Give the query parameter '${name}' once.`, {
    details: { parameter: name },
  });
}

/** Parameter decorator of {@link singleQuery}: `@SingleQuery('session') session: string | undefined`. */
export const SingleQuery = createParamDecorator((name: string, context: ExecutionContext) =>
  singleQuery(context.switchToHttp().getRequest<Request>().query, name),
);
