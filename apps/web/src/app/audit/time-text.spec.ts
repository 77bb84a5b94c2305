import { durationText, fromLocalInput, timeText, toLocalInput } from './time-text';

const NOON = new Date(2026, 5, 15, 12);

describe(timeText.name, () => {
  it('leaves the day out today, and the year out this year', () => {
    const at = new Date(2026, 5, 15, 9, 5, 7);
    expect(timeText(at.toISOString(), NOON.getTime())).toMatchObject({ time: '09:05:07', day: '' });
    expect(timeText(new Date(2026, 1, 3).toISOString(), NOON.getTime()).day).toBe('Feb 3');
    expect(timeText(new Date(2024, 1, 3).toISOString(), NOON.getTime()).day).toContain('2024');
  });

  it('is exact where it is asked for: local with its offset, and UTC to the millisecond', () => {
    const { exact } = timeText('2026-01-02T03:04:05.678Z', NOON.getTime());
    expect(exact).toContain('2026-01-02T03:04:05.678Z (UTC)');
    expect(exact).toContain('.678 GMT');
  });

  it('shows what is no time as it is', () => {
    expect(timeText('soon', NOON.getTime()).time).toBe('soon');
  });
});

describe('times in fields', () => {
  it('are local, and come back', () => {
    const iso = new Date(2026, 5, 15, 9, 5).toISOString();
    expect(toLocalInput(iso)).toBe('2026-06-15T09:05');
    expect(fromLocalInput(toLocalInput(iso))).toBe(iso);
    expect([toLocalInput(''), fromLocalInput('')]).toEqual(['', '']);
  });
});

describe(durationText.name, () => {
  it.each([
    [85, '85 µs'],
    [340_000, '340 ms'],
    [1_234_000, '1.2 s'],
    [303_000_000, '5 min 3 s'],
    [8_040_000_000, '2 h 14 min'],
  ])('%d µs', (us, text) => {
    expect(durationText(us)).toBe(text);
  });
});
