import { setImmediate } from 'node:timers/promises';
import { CredentialEvents } from '../auth/credential-events.js';
import { type Identity, setIdentity } from '../auth/identity.js';
import { RateLimitedError, UnauthenticatedError } from '../http/app-error.js';
import { LISTINGS_WAITING_MAX, ListingGate } from './listing-gate.js';

interface Listing {
  readonly end: () => void;
  readonly over: Promise<void>;
}

function createGate(): {
  begun: readonly string[];
  credentials: CredentialEvents;
  list: (credentialId: string, name: string) => Listing;
} {
  const credentials = new CredentialEvents();
  const gate = new ListingGate(credentials);
  const begun: string[] = [];
  const list = (credentialId: string, name: string): Listing => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const identity = { credentialId } as Identity;
    setIdentity({}, identity);
    const over = gate.pass(identity, async () => {
      begun.push(name);
      await promise;
    });
    return { end: () => resolve(undefined), over };
  };
  return { begun, credentials, list };
}

describe(ListingGate.name, () => {
  it('lets one at a time through under one credential, and others beside it', async () => {
    const { begun, list } = createGate();
    const listings = [list('ana', 'a1'), list('ana', 'a2'), list('bob', 'b1'), list('ana', 'a3')];
    await setImmediate();
    expect(begun).toEqual(['a1', 'b1']);
    for (const { end, over } of listings) {
      end();
      await over;
    }
    expect(begun).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  it('lists nothing for who was signed out while waiting', async () => {
    const { begun, credentials, list } = createGate();
    const [first, second] = [list('ana', 'a1'), list('ana', 'a2')];
    await setImmediate();
    credentials.end({ credentialId: 'ana', reason: 'signed-out' });
    first.end();
    await first.over;
    await expect(second.over).rejects.toThrow(UnauthenticatedError);
    expect(begun).toEqual(['a1']);
  });

  it('refuses when too many wait under one credential, and only there', async () => {
    const { begun, list } = createGate();
    const listings = Array.from({ length: 1 + LISTINGS_WAITING_MAX }, () => list('ana', 'a'));
    await expect(list('ana', 'more').over).rejects.toThrow(RateLimitedError);
    const bob = list('bob', 'b');
    await setImmediate();
    expect(begun).toEqual(['a', 'b']);
    for (const { end, over } of [...listings, bob]) {
      end();
      await over;
    }
    const again = list('ana', 'again');
    again.end();
    await again.over;
    expect(begun.at(-1)).toBe('again');
  });
});
