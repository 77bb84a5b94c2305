import type { AccessTokenRow, SignInRow, UserRow } from '../../storage/entities.js';
import { endedBetween } from './credential-ends.js';
import { indexOf } from './credential-index.js';

const ANA: UserRow = {
  id: 'u1',
  name: 'ana',
  passwordHash: 'h',
  role: 'operator',
  readOnly: false,
  sessions: null,
  isDisabled: false,
  createdAt: 0,
};

const TOKEN: AccessTokenRow = {
  id: 't1',
  digest: 'd',
  account: 'user:u1',
  name: 'bot',
  role: 'admin',
  readOnly: false,
  sessions: null,
  createdAt: 0,
  expiresAt: null,
  lastUsedAt: null,
};

const SIGN_IN: SignInRow = {
  id: 's1',
  digest: 'e',
  account: 'user:u1',
  name: 'ana',
  role: 'operator',
  readOnly: false,
  sessions: '[]',
  method: 'password',
  address: '',
  userAgent: '',
  createdAt: 0,
  lastActiveAt: 0,
};

const OTHER: SignInRow = { ...SIGN_IN, id: 's2', digest: 'f', account: 'local' };

interface Content {
  readonly users?: readonly UserRow[];
  readonly tokens?: readonly AccessTokenRow[];
  readonly signIns?: readonly SignInRow[];
}

function indexed({ users = [ANA], tokens = [TOKEN], signIns = [SIGN_IN, OTHER] }: Content) {
  const content = { revision: 1, users, tokens, signIns };
  return indexOf(content, new Map(), { idleMs: 1_000, longestMs: 1_000 }, 10);
}

function endsAfter(content: Content, known = new Map<string, 'signed-out'>(), isExpired = false) {
  return endedBetween(indexed({}), indexed(content), { known, isExpired: () => isExpired }).map(
    ({ credentialId, reason }) => `${credentialId} ${reason}`,
  );
}

describe(endedBetween.name, () => {
  it('is nothing when nothing is changed', () => {
    expect(endsAfter({})).toEqual([]);
  });

  it.each([
    ['role', { role: 'viewer' }],
    ['read-only', { readOnly: true }],
    ['sessions', { sessions: '["dev-*"]' }],
  ] as const)('tells all of a user that their %s changed, nobody else', (_what, change) => {
    expect(endsAfter({ users: [{ ...ANA, ...change }] }).sort()).toEqual([
      'sign-in:s1 rights-changed',
      'token:t1 rights-changed',
      'user:ana rights-changed',
    ]);
  });

  it.each([
    ['disabled', [{ ...ANA, isDisabled: true }]],
    ['given another password', [{ ...ANA, passwordHash: 'i' }]],
    ['removed', []],
    ['made anew under their name', [{ ...ANA, id: 'u2' }]],
  ] as const)('revokes all of a user who is %s', (_what, users) => {
    const gone = { users, tokens: [], signIns: [OTHER] };
    for (const content of [{ users }, gone]) {
      expect(endsAfter(content).sort()).toEqual([
        'sign-in:s1 revoked',
        'token:t1 revoked',
        'user:ana revoked',
      ]);
    }
  });

  it('says why a credential is gone: as told, run out, or revoked', () => {
    expect(endsAfter({ tokens: [] })).toEqual(['token:t1 revoked']);
    expect(endsAfter({ tokens: [] }, undefined, true)).toEqual(['token:t1 expired']);
    expect(endsAfter({ signIns: [OTHER] }, new Map([['sign-in:s1', 'signed-out']]))).toEqual([
      'sign-in:s1 signed-out',
    ]);
  });
});
