import { RateLimitedError } from '../../http/app-error.js';
import {
  FREE_GUESSES,
  FREE_GUESSES_ANYWHERE,
  GuessDelay,
  LONGEST_DELAY_MS,
  LONGEST_SLOWDOWN_MS,
} from './guess-delay.js';

const NOW = 1_700_000_000_000;

function waitAsked(delay: GuessDelay, address: string, now: number): number {
  try {
    delay.begin('ana', address, now);
  } catch (error) {
    if (error instanceof RateLimitedError) return error.retryAfterSeconds;
    throw error;
  }
  return 0;
}

describe(GuessDelay.name, () => {
  it('makes each further guess from one address wait longer, up to a bound', () => {
    const delay = new GuessDelay();
    let now = NOW;
    const waits: number[] = [];
    for (let guess = 0; guess < FREE_GUESSES + 12; guess++) {
      const wait = waitAsked(delay, 'a', now);
      waits.push(wait);
      now += wait * 1000;
      if (wait > 0) delay.begin('ana', 'a', now);
    }
    expect(waits.slice(0, FREE_GUESSES)).toEqual(Array.from({ length: FREE_GUESSES }, () => 0));
    expect(waits.slice(FREE_GUESSES, FREE_GUESSES + 4)).toEqual([1, 2, 4, 8]);
    expect(Math.max(...waits)).toBe(LONGEST_DELAY_MS / 1000);
  });

  it('[J13] never refuses another address, and slows it by a few seconds at most', () => {
    const delay = new GuessDelay();
    let now = NOW;
    for (let i = 0; i < 1_000; i++) waitAsked(delay, `attacker ${String(i)}`, (now += 100));
    const slowdownMs = delay.begin('ana', 'home', now);
    expect(slowdownMs).toBeGreaterThan(0);
    expect(slowdownMs).toBeLessThanOrEqual(LONGEST_SLOWDOWN_MS);
    expect(delay.begin('ben', 'home', now)).toBe(0);
  });

  it('counts attempts that are made at once', () => {
    const delay = new GuessDelay();
    const waits = Array.from({ length: 50 }, () => waitAsked(delay, 'a', NOW));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(FREE_GUESSES);
  });

  it('forgets what was mistyped once it was right, and the rest after a while', () => {
    const delay = new GuessDelay();
    for (let i = 0; i < FREE_GUESSES; i++) delay.begin('ana', 'a', NOW);
    expect(waitAsked(delay, 'a', NOW)).toBeGreaterThan(0);
    delay.succeed('ana', 'a');
    expect(waitAsked(delay, 'a', NOW)).toBe(0);
    for (let i = 0; i < FREE_GUESSES_ANYWHERE; i++) waitAsked(delay, `b${String(i)}`, NOW);
    expect(delay.begin('ana', 'c', NOW)).toBeGreaterThan(0);
    expect(delay.begin('ana', 'c', NOW + 16 * 60_000)).toBe(0);
  });

  it('does not count what was not looked at', () => {
    const delay = new GuessDelay();
    for (let i = 0; i < 3 * FREE_GUESSES; i++) {
      delay.begin('ana', 'a', NOW);
      delay.giveBack('ana', 'a');
    }
    expect(waitAsked(delay, 'a', NOW)).toBe(0);
  });
});
