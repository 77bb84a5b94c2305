import { fakePair, fakeRecord } from './fake-records';
import { awaitsOutcome, toRows } from './rows';

describe(toRows.name, () => {
  it('makes one row of an intent and its outcome, where the intent stands', () => {
    const [intent, outcome] = fakePair(1);
    const later = fakeRecord(3);

    const rows = toRows([later, outcome, intent], false);

    expect(rows.map(({ key }) => key)).toEqual([3, 1]);
    expect(rows[1]).toMatchObject({ record: intent, outcome, verdict: 'allowed' });
  });

  it('takes reason and verdict from the outcome', () => {
    const [intent] = fakePair(1);
    const outcome = fakeRecord(2, { intent: 1, outcome: 'failed', reason: 'not-found: gone' });

    expect(toRows([outcome, intent], false)).toMatchObject([
      { verdict: 'failed', reason: 'not-found: gone' },
    ]);
  });

  it('keeps an outcome whose intent is not loaded, under the key that it will have', () => {
    const [intent, outcome] = fakePair(7);

    const [alone] = toRows([outcome], false);
    const [whole] = toRows([outcome, intent], false);

    expect(alone).toMatchObject({ key: 7, record: outcome, outcome, verdict: 'allowed' });
    expect(whole?.key).toBe(7);
  });

  it('calls an intent pending until its outcome is there, if that can be seen here at all', () => {
    const [intent] = fakePair(1);

    expect(toRows([intent], false)[0]?.verdict).toBe('pending');
    expect(toRows([intent], true)[0]?.verdict).toBe('allowed');
  });

  it.each([
    [{ decision: 'denied', reason: 'policy-denied: no' } as const, 'denied'],
    [{ outcome: 'failed' } as const, 'failed'],
    [{}, 'noted'],
    [{ action: 'input.keys', decision: 'allowed' } as const, 'allowed'],
  ])('%j stands for itself', (some, verdict) => {
    expect(toRows([fakeRecord(1, some)], false)[0]?.verdict).toBe(verdict);
  });
});

describe(awaitsOutcome.name, () => {
  it('is so of intents only, and not of keys, whose success is not recorded', () => {
    const [intent, outcome] = fakePair(1);
    expect([intent, outcome].map(awaitsOutcome)).toEqual([true, false]);
    expect(awaitsOutcome(fakeRecord(3, { action: 'input.paste', decision: 'allowed' }))).toBe(
      false,
    );
    expect(awaitsOutcome(fakeRecord(4, { decision: 'denied' }))).toBe(false);
  });
});
