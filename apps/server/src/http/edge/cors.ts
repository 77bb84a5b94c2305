import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import type { TmuxyConfig } from '../../config/config.js';
import { CORRELATION_ID_HEADER, LAST_EVENT_ID_HEADER, SESSION_TOKEN_HEADER } from '#dto/constants';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const HEADERS = [
  'Authorization',
  'Content-Type',
  CORRELATION_ID_HEADER,
  LAST_EVENT_ID_HEADER,
  SESSION_TOKEN_HEADER,
].join(', ');
const EXPOSED = [CORRELATION_ID_HEADER, 'Retry-After'].join(', ');
/** How long a browser remembers the answer to a preflight. */
const MAX_AGE_SECONDS = 600;

/** Lets pages of this listed origin read the answer. Never with credentials: those are for our own pages. */
export function allowReading(response: Response, origin: string): void {
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Expose-Headers', EXPOSED);
  response.setHeader('Vary', 'Origin');
  // What is for our own pages only is else not given to others, whatever CORS says.
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
}

/** Answers the question a browser asks before it sends such a page's request (Fetch §4.8). */
export function answerPreflight(response: Response): void {
  response.setHeader('Access-Control-Allow-Methods', METHODS);
  response.setHeader('Access-Control-Allow-Headers', HEADERS);
  response.setHeader('Access-Control-Max-Age', String(MAX_AGE_SECONDS));
  response.status(204).end();
}

/**
 * Takes off a foreign page's request all that a browser or a proxy adds by itself: what is left to say who
 * asks is the access token the page put there.
 */
export function dropAmbientCredentials(
  { headers }: IncomingMessage,
  config: Pick<TmuxyConfig, 'proxyUserHeader' | 'proxyGroupsHeader'>,
): void {
  delete headers.cookie;
  if (!/^bearer /i.test(headers.authorization ?? '')) delete headers.authorization;
  for (const name of [config.proxyUserHeader, config.proxyGroupsHeader]) {
    if (name !== undefined) Reflect.deleteProperty(headers, name.toLowerCase());
  }
}
