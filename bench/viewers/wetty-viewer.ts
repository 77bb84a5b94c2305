import { openWebSocket } from './web-socket.ts';
import { VIEWER_COLS, VIEWER_ROWS } from './viewer.ts';
import type { Viewer } from './viewer.ts';

/** Its server stops reading the terminal when so much was not acknowledged. */
const ACKNOWLEDGE_EVERY = 65_536;

/** A client of WeTTY's protocol: socket.io (version 5) in Engine.IO (version 4) in a web socket. */
export async function viewWetty(port: number): Promise<Viewer> {
  const url = `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`;
  const socket = await openWebSocket(url);
  let bytes = 0;
  let unacknowledged = 0;
  const emit = (...event: unknown[]): void => socket.send(`42${JSON.stringify(event)}`);
  await new Promise<void>((resolve) => {
    socket.addEventListener('message', ({ data }) => {
      const text = String(data);
      bytes += Buffer.byteLength(text);
      if (text.startsWith('0')) socket.send('40');
      else if (text === '2') socket.send('3');
      else if (text.startsWith('42["login"'))
        emit('resize', { cols: VIEWER_COLS, rows: VIEWER_ROWS });
      else if (text.startsWith('42["data"')) {
        unacknowledged += (JSON.parse(text.slice(2)) as [string, string])[1].length;
        if (unacknowledged > ACKNOWLEDGE_EVERY) {
          emit('commit', unacknowledged);
          unacknowledged = 0;
        }
        resolve();
      }
    });
  });
  return { bytes: () => bytes, close: () => socket.close() };
}
