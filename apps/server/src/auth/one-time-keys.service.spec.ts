import {
  LINK_KEY_LIFETIME_MS,
  LINK_KEYS_MAX,
  OneTimeKeysService,
} from './one-time-keys.service.js';

describe(OneTimeKeysService.name, () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('accepts each key once', () => {
    const keys = new OneTimeKeysService();
    for (const key of [keys.issueStartUpKey(), keys.issueLinkKey()]) {
      expect(keys.redeem(key)).toBe(true);
      expect(keys.redeem(key)).toBe(false);
    }
  });

  it('makes keys of 256 bits that differ', () => {
    const keys = new OneTimeKeysService();
    const made = Array.from({ length: 20 }, () => keys.issueLinkKey());
    expect(new Set(made).size).toBe(20);
    for (const key of made) expect(Buffer.from(key, 'base64url')).toHaveLength(32);
  });

  it('ends link keys after their time, but not the one of the start', () => {
    const keys = new OneTimeKeysService();
    const [start, late, soon] = [keys.issueStartUpKey(), keys.issueLinkKey(), keys.issueLinkKey()];
    jest.advanceTimersByTime(LINK_KEY_LIFETIME_MS - 1);
    expect(keys.redeem(soon)).toBe(true);
    jest.advanceTimersByTime(1);
    expect(keys.redeem(late)).toBe(false);
    expect(keys.redeem(start)).toBe(true);
  });

  it('ends the oldest link key when there are too many', () => {
    const keys = new OneTimeKeysService();
    const start = keys.issueStartUpKey();
    const [first = '', second = ''] = Array.from({ length: LINK_KEYS_MAX + 1 }, () =>
      keys.issueLinkKey(),
    );
    expect(keys.redeem(first)).toBe(false);
    expect(keys.redeem(second)).toBe(true);
    expect(keys.redeem(start)).toBe(true);
  });

  it.each(['', 'x', 'A'.repeat(43), 'A'.repeat(100_000)])('refuses %.20s', (key) => {
    const keys = new OneTimeKeysService();
    keys.issueStartUpKey();
    expect(keys.redeem(key)).toBe(false);
  });
});
