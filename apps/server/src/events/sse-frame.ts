import type { WireEvent } from './event-ring.js';

/** Shows both ends that the stream lives (HTML, server-sent events: a comment). */
export const HEARTBEAT_FRAME = Buffer.from(': heartbeat\n\n');

let lastEvent: WireEvent | undefined;
let lastFrame: Buffer = HEARTBEAT_FRAME;

/**
 * An event's bytes on the wire. Its data is one line of JSON, so nothing in it can end the event.
 *
 * An event is offered to all viewers one after the other, so remembering the last frame is enough for its bytes to
 * be made once, and the ring need not hold them beside the text. Nobody may write into a frame.
 *
 * @param idBefore the last id of this stream, which an event without one repeats
 */
export function frameOf(event: WireEvent, idBefore: string): Buffer {
  // Without an id of its own its bytes are each stream's own.
  if (event.id === undefined) return encode(event, idBefore);
  if (event !== lastEvent) {
    lastFrame = encode(event, String(event.id));
    lastEvent = event;
  }
  return lastFrame;
}

function encode({ type, data, retryMs }: WireEvent, id: string): Buffer {
  const retry = retryMs === undefined ? '' : `retry: ${retryMs}\n`;
  return Buffer.from(`event: ${type}\nid: ${id}\n${retry}data: ${data}\n\n`);
}
