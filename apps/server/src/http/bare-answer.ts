import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { CORRELATION_ID_HEADER } from '#dto/constants';
import type { ErrorCode, ErrorView } from '#dto';
import { BARE_SECURITY_HEADERS } from './security-headers.js';

/**
 * An error as all others are, for what never became a request: written to the socket as it is, which is to be
 * closed then.
 */
export function bareAnswer(status: number, code: ErrorCode, message: string): string {
  const correlationId = randomUUID();
  const view: ErrorView = { code, message, correlationId };
  const body = JSON.stringify(view);
  const lines = Object.entries({
    ...BARE_SECURITY_HEADERS,
    [CORRELATION_ID_HEADER]: correlationId,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`;
}
