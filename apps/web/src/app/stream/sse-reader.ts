import { createParser } from 'eventsource-parser';

/** Most characters of one event; past it the stream is given up (a server would have to be broken). */
const EVENT_MAX_CHARS = 128 * 1024 * 1024;

/** One server-sent event as it came. */
export interface StreamMessage {
  readonly event: string;
  readonly id: string | null;
  readonly data: string;
}

/**
 * Reads server-sent events off a response body, one chunk at a time: nothing more is taken from the
 * network until the events of the last chunk were consumed, so a slow page slows the server.
 * @param read yields the next chunk, null at the end; throws what ended the stream.
 */
export async function* readMessages(
  read: () => Promise<Uint8Array | null>,
): AsyncGenerator<StreamMessage, void> {
  const decoder = new TextDecoder();
  const waiting: StreamMessage[] = [];
  const parser = createParser({
    maxBufferSize: EVENT_MAX_CHARS,
    onEvent: (message) =>
      waiting.push({
        event: message.event ?? 'message',
        id: message.id ?? null,
        data: message.data,
      }),
  });
  for (let chunk = await read(); chunk !== null; chunk = await read()) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* waiting.splice(0);
  }
}
