import type { PaneId, StateEvent } from '#dto';
import type { SessionPicture } from '../tmux/session-view-reader.js';
import type { WatchedSession } from '../tmux/watched-session.js';
import type { ViewerFeed } from './viewer-feed.js';
import type { Viewer } from './viewer.js';

/** Shortest time between two rounds of pictures for viewers that are behind: pictures are work for tmux. */
export const CATCH_UP_INTERVAL_MS = 250;

export interface CatchUpOptions {
  readonly viewers: () => Iterable<Viewer>;
  /** Undefined while tmux is away; whoever is here when it is back gets a snapshot. */
  readonly watched: () => WatchedSession | undefined;
  /** The newest event. */
  readonly lastId: () => number;
}

/**
 * Brings viewers that missed output of some panes up to date: one round of pictures at a time, for all who wait,
 * each picture taken and written once.
 */
export class CatchUp {
  readonly #options: CatchUpOptions;
  #isTaking = false;
  #lastRound = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: CatchUpOptions) {
    this.#options = options;
  }

  /** Call when a viewer may have become able to take a picture. */
  request(): void {
    if (this.#isTaking || this.#timer !== undefined || this.#waiting().length === 0) return;
    const wait = this.#lastRound + CATCH_UP_INTERVAL_MS - performance.now();
    if (wait > 0) this.#later(wait);
    else this.#round();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #later(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#round();
    }, ms).unref();
  }

  #round(): void {
    const panes = this.#wanted();
    const watched = this.#options.watched();
    if (panes.length === 0 || watched === undefined) return;
    this.#isTaking = true;
    this.#lastRound = performance.now();
    watched
      .pictures(panes, (picture) => this.#give(panes, picture))
      // Lost with its client, or the session changes too fast: what is still wanted is asked for again.
      .catch(() => undefined)
      .finally(() => {
        this.#isTaking = false;
        this.request();
      });
  }

  #give(panes: readonly PaneId[], { model, seeds }: SessionPicture): void {
    const lastId = this.#options.lastId();
    // Before any is given: with the first of them a viewer may be behind again.
    const waiting = this.#waiting();
    for (const pane of panes) {
      const seed = seeds.get(pane);
      const picture = seed && {
        type: 'state',
        pane,
        data: JSON.stringify({ panes: [{ id: pane, ...seed }] } satisfies StateEvent),
      };
      for (const { feed, wanted } of waiting) {
        if (!wanted.includes(pane)) continue;
        if (picture !== undefined) feed.offerPicture(pane, picture, lastId);
        else if (!model.panes.has(pane)) feed.forget([pane]);
      }
    }
  }

  #wanted(): readonly PaneId[] {
    return [...new Set(this.#waiting().flatMap(({ wanted }) => wanted))];
  }

  #waiting(): readonly { readonly feed: ViewerFeed; readonly wanted: readonly PaneId[] }[] {
    const waiting = [];
    for (const { feed, isSeeding } of this.#options.viewers()) {
      const { wanted } = feed;
      if (!isSeeding && wanted.length > 0) waiting.push({ feed, wanted });
    }
    return waiting;
  }
}
