import type { Patience } from './predictor';

/** Predictions help from this round trip on … */
export const LONG_MS = 80;
/** … and stop below this one; between them nothing changes, so that they do not come and go. */
export const SHORT_MS = 40;
/** Part of a new sample in the smoothed time (RFC 6298, `SRTT`). */
const WEIGHT = 1 / 8;

const ECHO_MIN_MS = 100;
const ECHO_MAX_MS = 500;
const ANSWER_MIN_MS = 1_000;
const ANSWER_MAX_MS = 10_000;
/** “Several round trips” without an answer. */
const ANSWER_TRIPS = 4;

/** How long the server takes to answer, smoothed, and what follows from that. */
export class RoundTrip {
  private smoothedMs = 0;
  private hasSample = false;
  private wasLong = false;

  add(sampleMs: number): void {
    this.smoothedMs += (sampleMs - this.smoothedMs) * (this.hasSample ? WEIGHT : 1);
    this.hasSample = true;
    this.wasLong = this.smoothedMs >= (this.wasLong ? SHORT_MS : LONG_MS);
  }

  /** Whether it is so long that typing feels slow. */
  get isLong(): boolean {
    return this.wasLong;
  }

  get patience(): Patience {
    return {
      echoMs: clamp(this.smoothedMs / 2, ECHO_MIN_MS, ECHO_MAX_MS),
      answerMs: clamp(this.smoothedMs * ANSWER_TRIPS, ANSWER_MIN_MS, ANSWER_MAX_MS),
    };
  }
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
