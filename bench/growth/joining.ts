import { within } from '../process.ts';
import { SESSION } from '../tmux.ts';
import type { Tmuxy } from '../targets/tmuxy.ts';
import { EventStream } from '../viewers/event-stream.ts';

export interface Joined {
  readonly ms: number;
  readonly bytes: number;
  readonly stream: EventStream;
}

/** From the request to the session's whole picture. */
export async function joinSession(server: Tmuxy): Promise<Joined> {
  const token = await server.token('viewer', 0);
  const begun = performance.now();
  let picture = (): void => undefined;
  const pictured = new Promise<void>((resolve) => (picture = resolve));
  const stream = await EventStream.open({
    origin: server.origin,
    session: SESSION,
    token,
    onEvent: ({ name }) => {
      if (name === 'snapshot') picture();
    },
  });
  await within(pictured, { what: 'the session’s picture' });
  return { ms: performance.now() - begun, bytes: stream.bytes, stream };
}
