import { SESSION } from '../tmux.ts';
import { Acknowledgements } from './acknowledge.ts';
import type { Flow } from './acknowledge.ts';
import { EventStream } from './event-stream.ts';
import type { Viewer } from './viewer.ts';

interface Info {
  readonly sessionToken: string;
  readonly flow?: Flow | null;
}

/** A client of our own protocol, which acknowledges as a page does. @returns when it got its first picture */
export async function viewTmuxy(origin: string, token: string): Promise<Viewer> {
  let acknowledgements: Acknowledgements | undefined;
  return new Promise((resolve, reject) => {
    const opened = EventStream.open({
      origin,
      token,
      session: SESSION,
      acknowledges: true,
      onEvent: ({ name, data }) => {
        if (name === 'connection-info') {
          const { sessionToken, flow } = JSON.parse(data) as Info;
          const to = { origin, session: SESSION, token, sessionToken };
          if (flow) acknowledgements = new Acknowledgements({ ...to, flow });
          return;
        }
        acknowledgements?.read(data);
        if (name !== 'snapshot') return;
        void opened.then((stream) => {
          const close = (): void => {
            acknowledgements?.close();
            void stream.close();
          };
          resolve({ bytes: () => stream.bytes, close });
        });
      },
    });
    opened.catch(reject);
  });
}
