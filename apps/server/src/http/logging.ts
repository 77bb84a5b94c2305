import type { IncomingMessage } from 'node:http';
import type { Params } from 'nestjs-pino';
import pino, { type DestinationStream, type LevelWithSilent } from 'pino';
import type { TmuxyConfig } from '../config/config.js';
import { correlationIdOf } from './correlation-id.js';
import { prettyStream } from './pretty-log.js';

/** Never in the log, wherever an object that holds them is logged. */
const SECRETS = [
  'req.headers.cookie',
  'req.headers.authorization',
  'req.headers["x-session-token"]',
  'req.body',
  'res.headers["set-cookie"]',
];

/** Options of nestjs-pino. Standard output is for people, so the log goes to standard error. */
export function loggerParams(
  config: Pick<TmuxyConfig, 'logLevel' | 'logFormat'>,
  stream: DestinationStream = config.logFormat === 'pretty'
    ? prettyStream(process.stderr)
    : pino.destination({ dest: 2, sync: true }),
): Params {
  return {
    pinoHttp: [
      {
        level: config.logLevel,
        genReqId: correlationIdOf,
        quietReqLogger: true,
        customAttributeKeys: { reqId: 'correlationId' },
        customLogLevel: (request, response, error) =>
          levelOf(pathOf(request), response.statusCode, error),
        customSuccessMessage: () => 'request',
        customErrorMessage: () => 'request',
        // The filter logs what failed; here pino-http would only add an error of its own making.
        customErrorObject: (_request, _response, _error, line: object) => ({
          ...line,
          err: undefined,
        }),
        redact: { paths: SECRETS, censor: '[redacted]' },
        serializers: {
          // Headers and query are left out, not only redacted: new ones may be secret too.
          req: (request: { method?: string; url?: string; remoteAddress?: string }) => ({
            method: request.method,
            path: request.url?.split('?', 1)[0],
            remoteAddress: request.remoteAddress,
          }),
          res: (response: { statusCode?: number }) => ({ statusCode: response.statusCode }),
        },
      },
      stream,
    ],
  };
}

/** A key press is a request: those are for debugging only, as are the probes of machines. */
export function levelOf(path: string, status: number, error: unknown): LevelWithSilent {
  if (error !== undefined || status >= 500) return 'error';
  return /^\/(?:commands|api\/health\/\w+)$/i.test(path) ? 'debug' : 'info';
}

/** Below the base path already, unlike `originalUrl`. */
function pathOf(request: IncomingMessage): string {
  return request.url?.split('?', 1)[0] ?? '';
}
