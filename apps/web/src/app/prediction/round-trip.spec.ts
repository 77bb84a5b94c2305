import { LONG_MS, RoundTrip, SHORT_MS } from './round-trip';

function createRoundTrip(...samples: readonly number[]): RoundTrip {
  const roundTrip = new RoundTrip();
  for (const sample of samples) roundTrip.add(sample);
  return roundTrip;
}

describe(RoundTrip.name, () => {
  it('is not long before it was measured, nor on a fast network with one slow answer', () => {
    expect(createRoundTrip().isLong).toBe(false);
    expect(createRoundTrip(5, 5, 400, 5).isLong).toBe(false);
  });

  it('is long from its upper bound on, and until it falls below the lower one', () => {
    expect(createRoundTrip(LONG_MS - 1).isLong).toBe(false);
    const roundTrip = createRoundTrip(LONG_MS);
    expect(roundTrip.isLong).toBe(true);
    for (let i = 0; i < 50; i++) roundTrip.add(SHORT_MS);
    expect(roundTrip.isLong).toBe(true);
    for (let i = 0; i < 50; i++) roundTrip.add(SHORT_MS - 1);
    expect(roundTrip.isLong).toBe(false);
    for (let i = 0; i < 50; i++) roundTrip.add(LONG_MS - 1);
    expect(roundTrip.isLong).toBe(false);
  });

  it('waits for some round trips, within bounds', () => {
    expect(createRoundTrip(1).patience).toEqual({ echoMs: 100, answerMs: 1_000 });
    expect(createRoundTrip(600).patience).toEqual({ echoMs: 300, answerMs: 2_400 });
    expect(createRoundTrip(9_000).patience).toEqual({ echoMs: 500, answerMs: 10_000 });
  });
});
