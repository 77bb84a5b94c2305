import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorCode } from '#dto';
import { bareAnswer } from '../bare-answer.js';
import type { Refusals } from '../refusals.js';

const HEADERS_TIMEOUT_MS = 10_000;
/** For a request to arrive whole; an answer may take as long as it likes, so streams live on. */
const REQUEST_TIMEOUT_MS = 30_000;
/** How often it is looked for requests that take too long; Node would do so every 30 seconds. */
const CHECK_MS = 2_000;
/** Long, as every key is a request and a new connection would cost it a round trip. */
const KEEP_ALIVE_MS = 75_000;
/** Requests on one connection; then the client is told to open another. */
export const REQUESTS_PER_CONNECTION_MAX = 1_000;
/** Connections at once; further ones are closed at once. */
const CONNECTIONS_MAX = 4_096;

/** Sockets on which an answer is under way, into which nothing else may be written. */
type Answering = WeakSet<Duplex>;

/** Bounds time and number, and answers what Node's parser refuses as all other errors are. */
export function limitConnections(server: Server, refusals: Pick<Refusals, 'tell'>): void {
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxRequestsPerSocket = REQUESTS_PER_CONNECTION_MAX;
  server.maxConnections = CONNECTIONS_MAX;
  // Node would drop headers past its number and go on; raw-request.ts refuses them. Bytes stay bounded.
  server.maxHeadersCount = 0;
  // Two options of `createServer`, which Nest calls without any, so that it has to be before it listens. A
  // request without Host would be answered by Node with no header of ours.
  Reflect.set(server, 'requireHostHeader', false);
  Reflect.set(server, 'connectionsCheckingInterval', CHECK_MS);

  const answering: Answering = new WeakSet();
  server.prependListener('request', ({ socket }, response: ServerResponse) => {
    answering.add(socket);
    response.once('close', () => answering.delete(socket));
  });
  const refuse = (socket: Duplex, code: string | undefined): void => {
    if (!socket.writable || answering.has(socket)) socket.destroy();
    else {
      const [status, errorCode, message] = verdictOf(code);
      const address = 'remoteAddress' in socket ? String(socket.remoteAddress) : undefined;
      refusals.tell({ address, status, code: errorCode, message });
      // Not only ended: who sends such things may never hang up.
      socket.end(bareAnswer(status, errorCode, message), () => socket.destroy());
    }
  };
  // By the request's socket: an answer has none while the one before it is under way.
  server.on('checkExpectation', ({ socket }: IncomingMessage) => {
    refuse(socket, 'ERR_EXPECTATION');
  });
  server.on('connect', (_request, socket: Duplex) => {
    refuse(socket, 'ERR_METHOD');
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    refuse(socket, error.code);
  });
}

/** What became of a request that never was one: its status and code. */
function verdictOf(code: string | undefined): readonly [number, ErrorCode, string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return [431, 'too-large', 'The headers are too large.'];
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, 'invalid-request', 'The request took too long to arrive.'];
    default:
      return [400, 'invalid-request', 'This is not HTTP/1.1 as it is spoken here.'];
  }
}
