import type { AccessTokenRow, UserRow } from '../../storage/entities.js';
import { canSee, toIdentity } from '../rights.js';
import { grantOfToken } from './credential-grants.js';
import { NO_CREDENTIALS } from './credential-index.js';

const OWNER: UserRow = {
  id: 'u1',
  name: 'ana',
  passwordHash: 'h',
  role: 'operator',
  readOnly: false,
  sessions: '["dev-*","ops"]',
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
  sessions: '["*-1","ops"]',
  createdAt: 0,
  expiresAt: null,
  lastUsedAt: null,
};

function identityOf(token: Partial<AccessTokenRow>, owner: Partial<UserRow> = {}, roles = {}) {
  const index = { ...NO_CREDENTIALS, users: new Map([['u1', { ...OWNER, ...owner }]]) };
  const limits = { readOnly: false, roles };
  const grant = grantOfToken({ ...TOKEN, ...token }, index, limits);
  return grant && toIdentity(grant, limits);
}

describe(grantOfToken.name, () => {
  it('has the lower of two roles', () => {
    expect(identityOf({})?.role).toBe('operator');
    expect(identityOf({ role: 'viewer' })?.role).toBe('viewer');
    expect(identityOf({}, { role: 'viewer' })?.role).toBe('viewer');
  });

  it('sees what both its owner and it may see', () => {
    const identity = identityOf({});
    const seen = ['dev-1', 'dev-2', 'ops', 'prod-1'].filter(
      (name) => identity && canSee(identity, name),
    );
    expect(seen).toEqual(['dev-1', 'ops']);
  });

  it("keeps the limits of its owner's role when its own is lower", () => {
    const roles = { operator: { sessions: ['ops'], readOnly: true } };
    const identity = identityOf({ role: 'viewer' }, {}, roles);
    expect(identity).toMatchObject({ role: 'viewer', readOnly: true });
    expect(identity && canSee(identity, 'dev-1')).toBe(false);
    expect(identity && canSee(identity, 'ops')).toBe(true);
  });

  it('only looks when it or its owner does', () => {
    expect(identityOf({ readOnly: true })?.readOnly).toBe(true);
    expect(identityOf({}, { readOnly: true })?.readOnly).toBe(true);
    expect(identityOf({})?.readOnly).toBe(false);
  });

  it('is worth nothing without its owner', () => {
    expect(identityOf({}, { isDisabled: true })).toBeUndefined();
    expect(identityOf({ account: 'user:u2' })).toBeUndefined();
    expect(identityOf({ account: 'oidc:ana' })).toBeUndefined();
  });

  it("is known by its own name when it is the local owner's", () => {
    expect(identityOf({ account: 'local' })).toMatchObject({ name: 'bot', role: 'admin' });
    expect(identityOf({})?.name).toBe('ana/bot');
  });
});
