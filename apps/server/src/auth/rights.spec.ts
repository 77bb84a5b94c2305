import {
  canChange,
  canSee,
  type Grant,
  isOnlyLooking,
  lowerRole,
  seesAll,
  toIdentity,
} from './rights.js';

const grant: Grant = {
  name: 'ana',
  role: 'operator',
  readOnly: false,
  method: 'password',
  credentialId: 'sign-in:1',
};
const open = { readOnly: false, roles: {} };

describe(toIdentity.name, () => {
  it('leaves a grant as it is where nothing narrows it', () => {
    expect(toIdentity(grant, open)).toEqual({ ...grant, sessions: [] });
  });

  it.each([
    ['the server', { readOnly: true, roles: {} }],
    ['the role', { readOnly: false, roles: { operator: { readOnly: true } } }],
  ])('is read-only when %s is', (_who, config) => {
    expect(toIdentity(grant, config).readOnly).toBe(true);
  });

  it('is not touched by the limits of another role', () => {
    const roles = { viewer: { readOnly: true, sessions: ['x'] } };
    expect(toIdentity(grant, { readOnly: false, roles })).toEqual({ ...grant, sessions: [] });
  });

  it('adds the sessions of the role to its own', () => {
    const identity = toIdentity(
      { ...grant, sessions: [['dev-*']] },
      { readOnly: false, roles: { operator: { sessions: ['*-web', 'main'] } } },
    );
    expect(['dev-web', 'dev-db', 'main', 'x-web'].filter((name) => canSee(identity, name))).toEqual(
      ['dev-web'],
    );
  });
});

describe(canSee.name, () => {
  it('sees nothing with an empty list', () => {
    expect(canSee({ sessions: [[]] }, 'main')).toBe(false);
    expect(seesAll({ sessions: [[]] })).toBe(false);
  });

  it('sees all without a list, or with *', () => {
    expect([seesAll({ sessions: [] }), seesAll({ sessions: [['a', '*']] })]).toEqual([true, true]);
    expect(seesAll({ sessions: [['*'], ['a*']] })).toBe(false);
  });
});

describe(canChange.name, () => {
  const config = { readOnlySessions: ['prod-*'] };

  it.each([
    ['admin', false, 'main', true],
    ['operator', false, 'main', true],
    ['viewer', false, 'main', false],
    ['admin', true, 'main', false],
    ['admin', false, 'prod-db', false],
  ] as const)('%s, read-only %s, in %s: %s', (role, readOnly, session, expected) => {
    expect(canChange({ role, readOnly }, session, config)).toBe(expected);
  });

  it('takes nothing for granted of a name that may have been cut', () => {
    const long = 'a'.repeat(256);
    const admin = { role: 'admin', readOnly: false } as const;
    expect(canSee({ sessions: [['a*']] }, long)).toBe(false);
    expect(canSee({ sessions: [['*']] }, long)).toBe(true);
    expect(canChange(admin, long, { readOnlySessions: ['*-ro'] })).toBe(false);
    expect(canChange(admin, long, { readOnlySessions: [] })).toBe(true);
  });

  it('knows who only looks', () => {
    expect(isOnlyLooking({ role: 'viewer', readOnly: false })).toBe(true);
    expect(isOnlyLooking({ role: 'admin', readOnly: true })).toBe(true);
    expect(isOnlyLooking({ role: 'operator', readOnly: false })).toBe(false);
  });
});

describe(lowerRole.name, () => {
  it.each([
    ['admin', 'viewer', 'viewer'],
    ['operator', 'admin', 'operator'],
    ['viewer', 'viewer', 'viewer'],
  ] as const)('of %s and %s is %s', (a, b, expected) => {
    expect(lowerRole(a, b)).toBe(expected);
  });
});
