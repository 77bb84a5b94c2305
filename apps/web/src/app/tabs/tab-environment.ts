import { InjectionToken } from '@angular/core';

/** What a tab says to the others of its browser, or hears from them. */
export interface TabChannel {
  post(message: unknown): void;
  listen(heard: (message: unknown) => void): void;
}

/** What the browser offers its tabs to know of each other; tests own it. */
export interface TabEnvironment {
  /** How the page came, as ALPN names it: `http/1.1`, `h2`, `h3`; empty when the browser does not tell. */
  readonly protocol: string;
  /** Null where the browser has none: plain http to another machine is no secure context. */
  readonly channel: TabChannel | null;
  /** Holds the name until the returned function is called, or the tab is gone in whatever way. */
  readonly hold: (name: string) => Promise<() => void>;
  /** The names that are held now, in all tabs. */
  readonly held: () => Promise<readonly string[]>;
}

const CHANNEL = 'tmuxy.tabs';

export const TAB_ENVIRONMENT = new InjectionToken<TabEnvironment>('TAB_ENVIRONMENT', {
  providedIn: 'root',
  factory: () => {
    const isAble = 'locks' in navigator && 'BroadcastChannel' in window;
    return {
      protocol: isAble ? pageProtocol() : '',
      channel: isAble ? openChannel() : null,
      hold,
      held: async () => {
        const { held = [] } = await navigator.locks.query();
        return held.map(({ name }) => name ?? '');
      },
    };
  },
});

function pageProtocol(): string {
  const [entry] = performance.getEntriesByType('navigation');
  return entry instanceof PerformanceNavigationTiming ? entry.nextHopProtocol : '';
}

function openChannel(): TabChannel {
  const channel = new BroadcastChannel(CHANNEL);
  return {
    post: (message) => {
      channel.postMessage(message);
    },
    listen: (heard) => {
      channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        heard(data);
      };
    },
  };
}

function hold(name: string): Promise<() => void> {
  return new Promise((granted, refused) => {
    const request = navigator.locks.request(name, () => {
      return new Promise<void>((release) => {
        granted(release);
      });
    });
    request.catch(refused);
  });
}
