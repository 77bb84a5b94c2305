import { SESSION } from '../tmux.ts';
import { EventStream } from './event-stream.ts';
import type { Viewer } from './viewer.ts';

/** A client of our own protocol. @returns when it got its first picture */
export async function viewTmuxy(origin: string, token: string): Promise<Viewer> {
  return new Promise((resolve, reject) => {
    const opened = EventStream.open({
      origin,
      token,
      session: SESSION,
      onEvent: ({ name }) => {
        if (name !== 'snapshot') return;
        void opened.then((stream) => {
          resolve({ bytes: () => stream.bytes, close: () => void stream.close() });
        });
      },
    });
    opened.catch(reject);
  });
}
