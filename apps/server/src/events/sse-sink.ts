import type { MessageEvent } from '@nestjs/common';
import type { Response } from 'express';
import type { Subscriber } from 'rxjs';
import type { WireEvent } from './event-ring.js';
import type { ViewerSink } from './viewer-queue.js';

/**
 * Hands events to Nest's `@Sse` response. The first event has no id of its own: an empty one keeps Nest
 * from numbering it and tells the client that there is nothing to resume from yet (HTML, server-sent events).
 */
export function sseSink(subscriber: Subscriber<MessageEvent>, response: Response): ViewerSink {
  let lastId = '';
  return {
    send: ({ type, id, data }: WireEvent) => {
      if (id !== undefined) lastId = String(id);
      subscriber.next({ type, id: lastId, data });
    },
    heartbeat: () => subscriber.next({ comment: 'heartbeat' }),
    end: () => subscriber.complete(),
    pendingBytes: () => response.writableLength,
    onDrain: (callback) => {
      if (response.writableNeedDrain) response.once('drain', callback);
      else setImmediate(callback);
    },
  };
}
