import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { CORRELATION_ID_HEADER } from '#dto/constants';

/** What is taken over from a proxy or a program; anything else could forge log lines. */
const ACCEPTED = /^[A-Za-z0-9._-]{1,64}$/;

const ids = new WeakMap<IncomingMessage, string>();

/** The id that joins a request's answer, its log lines and its error; made at the first call. */
export function correlationIdOf(request: IncomingMessage): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const given = request.headers[CORRELATION_ID_HEADER.toLowerCase()];
  const id = typeof given === 'string' && ACCEPTED.test(given) ? given : randomUUID();
  ids.set(request, id);
  return id;
}

/** Express middleware: tells the client its id, whatever comes after. */
export function answerCorrelationId(
  request: Request,
  response: Response,
  next: NextFunction,
): void {
  response.setHeader(CORRELATION_ID_HEADER, correlationIdOf(request));
  next();
}
