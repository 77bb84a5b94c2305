import { TestBed } from '@angular/core/testing';
import { Notices } from './notices';

describe(Notices.name, () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('says the same thing once, and keeps an error longer than a hint', () => {
    const notices = TestBed.inject(Notices);

    notices.push({ level: 'info', message: 'copied' });
    notices.push({ level: 'error', message: 'no tmux' });
    notices.push({ level: 'info', message: 'copied' });
    expect(notices.shown().map(({ message }) => message)).toEqual(['no tmux', 'copied']);

    jest.advanceTimersByTime(5_000);
    expect(notices.shown().map(({ message }) => message)).toEqual(['no tmux']);
    jest.advanceTimersByTime(7_000);
    expect(notices.shown()).toEqual([]);
  });
});
