import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type AppError, InvalidRequestError, TooLargeError } from '../app-error.js';

/** Most header lines. Node would drop what is more (`maxHeadersCount`) and go on without it. */
export const HEADERS_MAX = 64;
/** Longest address. */
export const URL_MAX_BYTES = 8 * 1024;

/** No route takes as much; whoever promises more is not listened to, whoever it is. */
export const BODY_MAX_BYTES_OF_ALL = 16 * 1024 * 1024;

/** TRACE would give back what proxies added, CONNECT is for proxies; others have no meaning here. */
const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
]);

/** Two readers of a request could each believe another one of two such lines. */
const SINGLE_HEADERS = [
  'authorization',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'last-event-id',
  'origin',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'transfer-encoding',
  'x-session-token',
] as const;

/** What of a request is looked at; an `IncomingMessage` is one. */
export interface RawRequest {
  readonly httpVersion: string;
  readonly method?: string;
  readonly url?: string;
  /** Name, value, name, value… as they came. */
  readonly rawHeaders: readonly string[];
  readonly headers: {
    readonly 'content-length'?: string | undefined;
    readonly 'transfer-encoding'?: string | undefined;
  };
}

/**
 * Refuses what Node's parser lets through and no browser sends: other versions than HTTP/1.1, `TRACE` and
 * `CONNECT`, a missing or second `Host`, doubled headers that decide something, addresses of other servers,
 * upgrades (RFC 9112 §3.2, §5; RFC 9110 §7.8).
 *
 * @param moreSingleHeaders names of headers that decide something by configuration
 * @returns undefined when nothing is wrong
 */
export function rawRequestProblem(
  { httpVersion, method = '', url = '', rawHeaders, headers }: RawRequest,
  moreSingleHeaders: readonly string[] = [],
): AppError | undefined {
  if (httpVersion !== '1.1') return new InvalidRequestError('Speak HTTP/1.1.');
  if (!METHODS.has(method)) return new InvalidRequestError('This method is not used here.');
  if (url.length > URL_MAX_BYTES) {
    return new TooLargeError(`The address is longer than ${String(URL_MAX_BYTES)} bytes.`);
  }
  if (!/^\/[^#\\]*$/.test(url)) {
    return new InvalidRequestError('Ask for a path that begins with /, not for a whole address.');
  }
  if (rawHeaders.length > 2 * HEADERS_MAX) {
    return new InvalidRequestError(`Send at most ${String(HEADERS_MAX)} header lines.`);
  }
  const counts = new Map<string, number>();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase() ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  if (counts.get('host') !== 1) return new InvalidRequestError('Send exactly one Host header.');
  const doubled = [...SINGLE_HEADERS, ...moreSingleHeaders].find(
    (name) => (counts.get(name.toLowerCase()) ?? 0) > 1,
  );
  if (doubled !== undefined) {
    return new InvalidRequestError(`Send the header '${doubled}' once.`, {
      details: { header: doubled },
    });
  }
  // Node reads the chunks of `gzip, chunked` and leaves the rest to us, who would take it as it is.
  if ((headers['transfer-encoding'] ?? 'chunked').toLowerCase() !== 'chunked') {
    return new InvalidRequestError('Of transfer codings only chunked is read here.');
  }
  if (Number(headers['content-length'] ?? 0) > BODY_MAX_BYTES_OF_ALL) {
    return new TooLargeError('The body is too large.');
  }
  if (counts.has('upgrade')) {
    return new InvalidRequestError('Nothing is upgraded here; speak HTTP/1.1.');
  }
  return undefined;
}

/** Express middleware of {@link rawRequestProblem}. Who sends such a request loses the connection. */
export function refuseRawProblems(moreSingleHeaders: readonly string[]): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const problem = rawRequestProblem(request, moreSingleHeaders);
    if (problem) response.setHeader('Connection', 'close');
    next(problem);
  };
}
