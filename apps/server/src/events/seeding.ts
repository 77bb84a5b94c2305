import { TmuxUnavailableError } from '../tmux/tmux.errors.js';
import type { SessionPicture } from '../tmux/session-view-reader.js';
import type { WatchedSession } from '../tmux/watched-session.js';
import type { Viewer } from './viewer.js';

/** A viewer gets one picture it asks for in this time: pictures are work for tmux, and everybody may ask. */
const RESYNC_INTERVAL_MS = 500;
/** Wait before the next try where the session changed too fast for a picture; doubled up to the last. */
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 2_000;

/** What seeding needs of the stream it belongs to. */
export interface SeedingPort {
  viewers(): Iterable<Viewer>;
  /** Undefined while tmux is away. */
  watched(): WatchedSession | undefined;
  /** Tells one that there is no picture now, and why. */
  tellAway(viewer: Viewer): void;
  /** Starts these viewers from a picture. */
  seed(viewers: readonly Viewer[], picture: SessionPicture): void;
}

/** Takes the pictures that viewers start from: one at a time, for all who wait. */
export class Seeding {
  readonly #port: SeedingPort;
  /** Who takes a picture now; whoever waits for one gets it. */
  #picturing: WatchedSession | undefined;
  /** The next try, while nobody may take one. */
  #retry: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;

  constructor(port: SeedingPort) {
    this.#port = port;
  }

  /** Those who have their picture: for the others, what happens is in it. */
  *following(): Iterable<Viewer> {
    for (const viewer of this.#port.viewers()) if (!viewer.isSeeding) yield viewer;
  }

  /** Starts a viewer from a new picture of the session, one that is being taken for somebody else included. */
  start(viewer: Viewer): void {
    viewer.isSeeding = true;
    const watched = this.#port.watched();
    if (watched === undefined) {
      this.#port.tellAway(viewer);
      return;
    }
    if (this.#picturing === watched || this.#retry !== undefined) return;
    this.#picturing = watched;
    watched
      .snapshot((picture) => {
        this.#picturing = undefined;
        this.#retryMs = FIRST_RETRY_MS;
        this.#give(picture);
      })
      .catch((error: unknown) => {
        if (this.#picturing === watched) this.#picturing = undefined;
        // Lost with its client: whoever is still here gets a picture when tmux is back.
        if (!(error instanceof TmuxUnavailableError) || error.delivery !== 'answered') return;
        // The session changed faster than it could be looked at; trying on at once would keep tmux busy.
        if (this.#picturing === undefined) this.#tryLater();
      });
  }

  /** The same because the viewer asks for it: at most every `RESYNC_INTERVAL_MS`. */
  startAgain(viewer: Viewer): void {
    if (viewer.isSeeding || viewer.seedTimer !== undefined) return;
    const wait = viewer.seededAt + RESYNC_INTERVAL_MS - performance.now();
    if (wait <= 0) {
      this.start(viewer);
      return;
    }
    viewer.seedTimer = setTimeout(() => {
      viewer.seedTimer = undefined;
      if (!viewer.isSeeding) this.start(viewer);
    }, wait).unref();
  }

  /** tmux was attached anew: everybody needs a picture, and may have it at once. */
  startAll(): void {
    this.stop();
    for (const viewer of this.#port.viewers()) this.start(viewer);
  }

  /** Forgets what was to be tried again. */
  stop(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#retryMs = FIRST_RETRY_MS;
  }

  #give(picture: SessionPicture): void {
    const waiting = this.#waiting();
    for (const viewer of waiting) {
      viewer.isSeeding = false;
      viewer.seededAt = performance.now();
    }
    if (waiting.length > 0) this.#port.seed(waiting, picture);
  }

  #tryLater(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      for (const waiting of this.#waiting()) this.start(waiting);
    }, this.#retryMs).unref();
    this.#retryMs = Math.min(2 * this.#retryMs, LAST_RETRY_MS);
  }

  #waiting(): readonly Viewer[] {
    return [...this.#port.viewers()].filter(({ isSeeding }) => isSeeding);
  }
}
