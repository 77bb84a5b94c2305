import { computed, DestroyRef, DOCUMENT, inject, Service, signal } from '@angular/core';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { entitled } from './entitled';
import type { Tab } from './entitled';
import { TAB_ENVIRONMENT } from './tab-environment';
import { TabPresence } from './tab-presence';

/** Connections a browser opens to one server over HTTP/1.1, all tabs together. */
export const CONNECTIONS_MAX = 6;
/** Streams of one browser over HTTP/1.1; the other connections are for what is typed. */
export const STREAMS_MAX = 4;
/** Requests one tab may have under way where connections do not count (HTTP/2, HTTP/3). */
const REQUESTS_MAX = 16;
/** How often a tab that rests looks whether others ended without a word. */
const PRUNE_MS = 2_000;
/** How long a tab that nobody sees listens for others before it opens a stream. */
const LISTEN_MS = 300;

/**
 * Shares the few connections of HTTP/1.1 between the tabs of one browser: only the tabs that are seen, or
 * were last, have a stream; the others rest until somebody looks at them. Without it the seventh tab
 * would take every key press of the others hostage (ADR 16).
 */
@Service()
export class StreamBudget {
  private readonly document = inject(DOCUMENT);
  private readonly environment = inject(STREAM_ENVIRONMENT);
  private readonly tabs = inject(TAB_ENVIRONMENT);

  private readonly isLimited = !/^h[23]/.test(this.tabs.protocol);
  private readonly presence =
    this.isLimited && this.tabs.channel !== null
      ? new TabPresence(this.tabs, this.tabs.channel, () => {
          this.decide();
        })
      : null;
  // Not `randomUUID`, which plain http to another machine does not have.
  private readonly id = crypto.getRandomValues(new Uint32Array(4)).join('-');
  private me: Tab = { id: this.id, isVisible: true, usedAt: 0 };
  private cancelTimer: () => void = () => undefined;
  private isWanted = false;
  /** Whether it is too early to decide, because not all others have answered. */
  private isListening = false;
  private changed: () => void = () => undefined;
  private readonly may = signal(true);
  private readonly streams = signal(1);

  /** Whether this tab may have its stream now. */
  readonly mayStream = this.may.asReadonly();
  /** How many requests this tab should have under way at most, so that none waits in the browser. */
  readonly requestsMax = computed(() =>
    this.isLimited ? CONNECTIONS_MAX - Math.min(this.streams(), STREAMS_MAX) : REQUESTS_MAX,
  );

  constructor() {
    if (this.presence === null) return;
    const listening = new AbortController();
    const { signal: until } = listening;
    const options = { signal: until, capture: true };
    const { defaultView: window } = this.document;
    const use = (): void => {
      this.use();
    };
    this.document.addEventListener('visibilitychange', use, options);
    window?.addEventListener('focus', use, { signal: until });
    const wake = (): void => {
      if (!this.may()) this.use();
    };
    window?.addEventListener('pointerdown', wake, options);
    window?.addEventListener('keydown', wake, options);
    const leave = (): void => {
      this.leave();
    };
    window?.addEventListener('pagehide', leave, options);
    inject(DestroyRef).onDestroy(() => {
      listening.abort();
      this.leave();
    });
  }

  /**
   * This tab wants a stream; at once when somebody looks at it.
   * @param changed `mayStream` did
   * @returns what says that it wants none any more
   */
  want(changed: () => void): () => void {
    this.changed = changed;
    this.enter();
    return () => {
      this.leave();
    };
  }

  /** The person turned to this tab, or away from it. */
  use(): void {
    this.me = this.seenNow();
    if (!this.isWanted) return;
    if (this.me.isVisible) this.isListening = false;
    this.presence?.update(this.me);
    this.decide();
  }

  private enter(): void {
    if (this.presence === null || this.isWanted) return;
    this.isWanted = true;
    this.me = this.seenNow();
    void this.presence.enter(this.me);
    this.isListening = !this.me.isVisible;
    this.may.set(!this.isListening);
    if (this.isListening) this.later(LISTEN_MS);
    else this.decide();
  }

  private leave(): void {
    this.changed = () => undefined;
    if (!this.isWanted) return;
    this.isWanted = false;
    this.cancelTimer();
    this.presence?.leave();
  }

  private decide(): void {
    if (this.presence === null || !this.isWanted || this.isListening) return;
    const tabs = [this.me, ...this.presence.others];
    this.streams.set(tabs.length);
    const may = entitled(tabs, STREAMS_MAX).has(this.me.id);
    const hasChanged = may !== this.may();
    this.may.set(may);
    this.later(PRUNE_MS);
    if (hasChanged) this.changed();
  }

  /** Decides again after a while, as long as this tab rests. */
  private later(ms: number): void {
    this.cancelTimer();
    if (this.may()) return;
    this.cancelTimer = this.environment.after(ms, () => {
      this.isListening = false;
      void this.presence?.prune().then(() => {
        this.decide();
      });
    });
  }

  private seenNow(): Tab {
    const isVisible = this.document.visibilityState === 'visible';
    return { ...this.me, isVisible, usedAt: this.environment.now() };
  }
}
