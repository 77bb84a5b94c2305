import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { TerminalFocus } from './terminal-focus';
import { UiRequests } from './ui-requests';

function createRequests() {
  const navigated: unknown[] = [];
  const toActive = jest.fn();
  const router = { navigate: (to: unknown) => Promise.resolve(navigated.push(to) > 0) };
  TestBed.configureTestingModule({
    providers: [
      UiRequests,
      { provide: Router, useValue: router },
      { provide: TerminalFocus, useValue: { toActive } },
    ],
  });
  return { requests: TestBed.inject(UiRequests), navigated, toActive };
}

describe(UiRequests.name, () => {
  it('shows one dialog at a time, in order', () => {
    const { requests, toActive } = createRequests();

    requests.show([{ kind: 'list-keys' }, { kind: 'display-panes' }], '%1');
    expect(requests.current()).toEqual({ request: { kind: 'list-keys' }, pane: '%1' });
    requests.close();
    expect(requests.current()).toEqual({ request: { kind: 'display-panes' }, pane: '%1' });
    expect(toActive).not.toHaveBeenCalled();
    requests.close();
    expect(requests.current()).toBeNull();
    expect(toActive).toHaveBeenCalledTimes(1);
  });

  it('goes to another session, or to the list on detach', () => {
    const { requests, navigated } = createRequests();

    requests.show([{ kind: 'switch-session', session: 'a b' }, { kind: 'detach' }], null);

    expect(navigated).toEqual([['/s', 'a b'], ['/']]);
    expect(requests.current()).toBeNull();
  });

  it('keeps a message on the status line for five seconds', () => {
    jest.useFakeTimers();
    try {
      const { requests } = createRequests();

      requests.show([{ kind: 'message', text: 'no next window' }], null);
      jest.advanceTimersByTime(4_999);
      expect(requests.message()).toBe('no next window');
      jest.advanceTimersByTime(1);
      expect(requests.message()).toBeNull();
    } finally {
      jest.useRealTimers();
    }
  });
});
