import type { StreamEventName, StreamEvents } from '#dto';
import type { StreamMessage } from './sse-reader';

/** A named event with its parsed data. */
export type StreamEvent = {
  [N in StreamEventName]: { readonly name: N; readonly data: StreamEvents[N] };
}[StreamEventName];

const NAMES: Readonly<Record<StreamEventName, true>> = {
  'connection-info': true,
  snapshot: true,
  output: true,
  frame: true,
  state: true,
  keybindings: true,
  clipboard: true,
  bell: true,
  notice: true,
  log: true,
  fatal: true,
};

/**
 * Parses one message; null for names this client does not know (a newer server's). The data is our
 * own server's and is not checked again.
 * @throws SyntaxError when the data is not JSON.
 */
export function parseStreamEvent(message: StreamMessage): StreamEvent | null {
  if (!Object.hasOwn(NAMES, message.event)) return null;
  return { name: message.event, data: JSON.parse(message.data) as unknown } as StreamEvent;
}
