import { openWebSocket } from './web-socket.ts';
import { VIEWER_COLS, VIEWER_ROWS } from './viewer.ts';
import type { Viewer } from './viewer.ts';

/** A client of ttyd's protocol, which begins with the terminal's size. */
export async function viewTtyd(port: number): Promise<Viewer> {
  const socket = await openWebSocket(`ws://127.0.0.1:${port}/ws`, ['tty']);
  let bytes = 0;
  await new Promise<void>((resolve) => {
    socket.addEventListener('message', ({ data }) => {
      bytes += data instanceof ArrayBuffer ? data.byteLength : 0;
      // Its title and preferences come first.
      if (bytes > 1000) resolve();
    });
    const hello = { AuthToken: '', columns: VIEWER_COLS, rows: VIEWER_ROWS };
    socket.send(new TextEncoder().encode(JSON.stringify(hello)));
  });
  return { bytes: () => bytes, close: () => socket.close() };
}
