import { groupsOfClaims, nameOfClaims, saysAll } from './oidc-claims.js';

describe(nameOfClaims.name, () => {
  it.each([
    [{ sub: '7', email: 'a@x.org', preferred_username: 'ana' }, 'ana'],
    [{ sub: '7', email: 'a@x.org', preferred_username: '' }, 'a@x.org'],
    [{ sub: '7', email: 'a@x.org', email_verified: true }, 'a@x.org'],
    [{ sub: '7', email: 'root@x.org', email_verified: false }, '7'],
    [{ sub: '7', preferred_username: ['ana'] }, '7'],
    [{ sub: '7', preferred_username: '\u202ena' }, '7'],
  ])('of %j is %j', (claims, name) => {
    expect(nameOfClaims(claims, {})).toBe(name);
  });

  it('comes from the configured claim or from none', () => {
    const claims = { sub: '7', preferred_username: 'ana', upn: 'ana@corp' };
    expect(nameOfClaims(claims, { nameClaim: 'upn' })).toBe('ana@corp');
    expect(nameOfClaims(claims, { nameClaim: 'nick' })).toBeUndefined();
    expect(nameOfClaims(claims, { nameClaim: 'constructor' })).toBeUndefined();
    const unchecked = { email: 'root@x.org', email_verified: false };
    expect(nameOfClaims(unchecked, { nameClaim: 'email' })).toBeUndefined();
  });
});

describe(groupsOfClaims.name, () => {
  it.each([
    [{ groups: ['ops', ' dev '] }, ['ops', 'dev']],
    [{ groups: 'ops' }, ['ops']],
    [{ groups: ['ops', 7, null, ['admins'], { admins: true }, 'a\0'] }, ['ops']],
    [{ groups: { admins: true } }, []],
    [{}, []],
  ])('of %j are %j', (claims, groups) => {
    expect(groupsOfClaims(claims, {})).toEqual(groups);
  });

  it('come from the configured claim', () => {
    const claims = { groups: ['admins'], roles: ['viewers'] };
    expect(groupsOfClaims(claims, { groupsClaim: 'roles' })).toEqual(['viewers']);
    expect(groupsOfClaims(claims, { groupsClaim: 'other' })).toEqual([]);
  });
});

describe(saysAll.name, () => {
  it('is true when name and groups are both there', () => {
    expect(saysAll({ sub: '7', preferred_username: 'a', groups: [] }, {})).toBe(true);
    expect(saysAll({ sub: '7', groups: [] }, {})).toBe(false);
    expect(saysAll({ sub: '7', preferred_username: 'a' }, {})).toBe(false);
    expect(saysAll({ sub: '7', roles: [] }, { nameClaim: 'sub', groupsClaim: 'roles' })).toBe(true);
  });
});
