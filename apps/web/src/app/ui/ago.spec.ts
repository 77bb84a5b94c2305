import { ago } from './ago';

describe(ago.name, () => {
  const now = Date.parse('2026-01-02T00:00:00Z');

  it.each([
    ['2026-01-01T23:59:30Z', 'just now'],
    ['2026-01-01T23:59:00Z', '1 minute ago'],
    ['2026-01-01T21:00:00Z', '3 hours ago'],
    ['2025-12-30T00:00:00Z', '3 days ago'],
    ['2026-01-02T00:00:05Z', 'just now'],
  ])('%s is %s', (iso, text) => {
    expect(ago(iso, now)).toBe(text);
  });
});
