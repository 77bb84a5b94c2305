import { once } from 'node:events';

/** A web socket that is open and hands over bytes as they are. */
export async function openWebSocket(url: string, protocols: string[] = []): Promise<WebSocket> {
  const socket = new WebSocket(url, protocols);
  socket.binaryType = 'arraybuffer';
  await Promise.race([
    once(socket, 'open'),
    once(socket, 'error').then(() => Promise.reject(new Error(`${url} cannot be opened`))),
  ]);
  return socket;
}
