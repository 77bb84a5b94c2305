import type { TmuxyConfig } from '../config/config.js';
import { type CredentialEnd, CredentialEvents } from './credential-events.js';
import { type Identity, setIdentity } from './identity.js';
import { RequestCredentials } from './request-credentials.js';

function identity(credentialId: string): Identity {
  return {
    name: 'a',
    role: 'viewer',
    readOnly: false,
    sessions: [],
    method: 'proxy',
    credentialId,
  };
}

describe(RequestCredentials.name, () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('end what is open under them some hours after their first use, and start anew', () => {
    const config = { signInHours: 2 } as unknown as TmuxyConfig;
    const events = new CredentialEvents();
    const ends: CredentialEnd[] = [];
    events.onEnded((end) => ends.push(end));
    const credentials = new RequestCredentials(config, events);
    for (const id of ['user:ana', 'proxy:ben', 'none', 'sign-in:s1', 'token:t1']) {
      credentials.use(identity(id));
    }
    jest.advanceTimersByTime(3_600_000);
    credentials.use(identity('user:ana'));
    expect(ends).toEqual([]);
    jest.advanceTimersByTime(3_601_000);
    expect(ends).toEqual([
      { credentialId: 'user:ana', reason: 'expired' },
      { credentialId: 'proxy:ben', reason: 'expired' },
    ]);
    credentials.use(identity('user:ana'));
    jest.advanceTimersByTime(7_201_000);
    expect(ends).toHaveLength(3);
    credentials.onModuleDestroy();
  });
});

describe(CredentialEvents.name, () => {
  it('remembers what ended since a request was let in', () => {
    const events = new CredentialEvents();
    const before = identity('token:t1');
    setIdentity({}, before);
    events.end({ credentialId: 'token:t1', reason: 'revoked' });
    events.end({ credentialId: 'token:t2', reason: 'expired' });
    expect(events.endedSince(before)).toBe('revoked');
    expect(events.endedSince(identity('token:t3'))).toBeUndefined();
  });

  it('does not hold an old end against a new request', async () => {
    const events = new CredentialEvents();
    events.end({ credentialId: 'user:ana', reason: 'rights-changed' });
    await new Promise((resolve) => setImmediate(resolve));
    const after = identity('user:ana');
    setIdentity({}, after);
    expect(events.endedSince(after)).toBeUndefined();
  });
});
