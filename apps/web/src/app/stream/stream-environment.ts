import { InjectionToken } from '@angular/core';

/** Time, chance and the network, so that tests can own them. */
export interface StreamEnvironment {
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  readonly now: () => number;
  readonly random: () => number;
  /** Calls back once after `ms`; the returned function cancels. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

export const STREAM_ENVIRONMENT = new InjectionToken<StreamEnvironment>('STREAM_ENVIRONMENT', {
  providedIn: 'root',
  factory: () => ({
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
    random: () => Math.random(),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  }),
});
