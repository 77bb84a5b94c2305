import type { Identity } from '../auth/identity.js';
import type { ViewerFeed } from './viewer-feed.js';
import type { ViewerQueue } from './viewer-queue.js';

/** One open stream. */
export interface Viewer {
  /** The `connectionId` told to the client. */
  readonly id: string;
  readonly identity: Identity;
  /** Whether it may do more than look; its stream ends when that changes. */
  readonly canType: boolean;
  readonly queue: ViewerQueue;
  /** What goes into the queue. */
  readonly feed: ViewerFeed;
  /** Whether it waits for a picture; events until then are in that picture. */
  isSeeding: boolean;
  /** When it was given its last picture, on the monotonic clock in milliseconds. */
  seededAt: number;
  /** A picture it asked for too soon. */
  seedTimer?: NodeJS.Timeout | undefined;
}
