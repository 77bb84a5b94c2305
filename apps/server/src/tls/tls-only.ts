import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { bareAnswer } from '../http/bare-answer.js';
import type { Refusals } from '../http/refusals.js';

/** Longest a connection may say nothing. */
const FIRST_BYTE_TIMEOUT_MS = 10_000;
/** First byte of every TLS connection: a handshake record (RFC 8446 §5.1). */
const TLS_HANDSHAKE = 0x16;
/** Methods of HTTP begin with a capital letter. */
const FIRST_LETTER = 0x41;
const LAST_LETTER = 0x5a;

const MESSAGE = 'This port speaks https only. Nothing was done; ask again with https.';

/**
 * Answers plain HTTP on a TLS port with one clear 400, where Node would only cut the connection. Looks at the
 * first byte of each connection and gives TLS on to `server` untouched.
 *
 * To be called before `server` listens.
 */
export function refusePlainHttp(server: HttpsServer, refusals: Pick<Refusals, 'tell'>): void {
  // The first listener is the one by which Node's tls.Server begins a handshake.
  const [begin, ...others] = server.listeners('connection');
  if (begin === undefined) throw new Error('an https server without a listener for connections');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    peek(socket, refusals, () => {
      begin.call(server, socket);
    });
  });
  for (const other of others)
    server.on('connection', (socket: Socket) => void other.call(server, socket));
}

function peek(socket: Socket, refusals: Pick<Refusals, 'tell'>, goOn: () => void): void {
  // Until TLS has it: a peer that resets the connection is no event for anybody.
  const ignore = (): void => undefined;
  const drop = (): void => void socket.destroy();
  socket.on('error', ignore);
  socket.setTimeout(FIRST_BYTE_TIMEOUT_MS, drop);
  socket.once('data', (chunk) => {
    socket.pause();
    socket.setTimeout(0, drop);
    const first = Buffer.isBuffer(chunk) ? chunk[0] : undefined;
    if (first === TLS_HANDSHAKE) {
      socket.unshift(chunk);
      socket.off('error', ignore);
      goOn();
    } else if (first !== undefined && first >= FIRST_LETTER && first <= LAST_LETTER) {
      socket.setTimeout(FIRST_BYTE_TIMEOUT_MS, drop);
      // Read on, unseen, until the client is done: closing over unread bytes would reset the answer away.
      socket.on('data', ignore);
      socket.resume();
      // No redirect: what was sent in the clear has been seen already, and a client that is sent on by itself
      // would go on doing it.
      refusals.tell({
        address: socket.remoteAddress,
        status: 400,
        code: 'invalid-request',
        message: MESSAGE,
      });
      socket.end(bareAnswer(400, 'invalid-request', MESSAGE));
    } else {
      socket.destroy();
    }
  });
}
