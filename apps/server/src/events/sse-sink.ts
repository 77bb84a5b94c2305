import type { MessageEvent } from '@nestjs/common';
import type { Response } from 'express';
import type { Subscriber } from 'rxjs';
import { frameOf, HEARTBEAT_FRAME } from './sse-frame.js';
import type { WireEvent } from './event-ring.js';
import type { ViewerSink } from './viewer-queue.js';

/**
 * A connection that has something to send and took nothing of it for this long is cut: its reader is gone, or reads
 * nothing. One that takes a little now and then is kept, however slow.
 */
export const STALLED_MS = 30_000;

/**
 * Writes events into Nest's `@Sse` response. Nest opens it, notices when the client leaves and ends it; the events
 * themselves go past its pipeline, which would format each for each viewer (docs/performance.md). Every write is
 * one whole frame, so that whatever Nest writes in between spoils none.
 *
 * An event without an id of its own repeats the last one: the first, which has nothing to repeat, tells the
 * client by an empty one that there is nothing to resume from yet (HTML, server-sent events).
 */
export function sseSink(
  subscriber: Subscriber<MessageEvent>,
  response: Response,
  stalledMs = STALLED_MS,
): ViewerSink {
  let lastId = '';
  let isEnding = false;
  let unopened: Buffer[] | undefined = [];
  const open = (): void => {
    if (unopened === undefined || subscriber.closed) return;
    if (!response.headersSent) {
      setImmediate(open);
      return;
    }
    const frames = unopened;
    unopened = undefined;
    for (const frame of frames) response.write(frame);
    if (isEnding) subscriber.complete();
  };
  const write = (frame: Buffer): void => {
    // Who has left, or was told to, can be written to no more.
    if (subscriber.closed || response.destroyed || response.writableEnded) return;
    if (unopened === undefined) response.write(frame);
    else unopened.push(frame);
  };
  // Counts from the last write or drain, and Node looks whether a long write moves before it calls back.
  response.setTimeout(stalledMs, () => {
    if (response.writableLength > 0) response.destroy();
  });
  // Something has to come by Nest's way for it to send the headers.
  subscriber.next({ comment: 'open' });
  open();
  return {
    send: (event: WireEvent) => {
      const frame = frameOf(event, lastId);
      if (event.id !== undefined) lastId = String(event.id);
      write(frame);
    },
    heartbeat: () => write(HEARTBEAT_FRAME),
    end: () => {
      isEnding = true;
      if (unopened === undefined) subscriber.complete();
    },
    destroy: () => response.destroy(),
    pendingBytes: () => response.writableLength,
    onDrain: (callback) => {
      if (response.writableNeedDrain) response.once('drain', callback);
      else setImmediate(callback);
    },
  };
}
