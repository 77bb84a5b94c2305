import type { GroupSection } from '../config/sections.js';
import { NoRoleError, rightsOfGroups } from './group-rights.js';

const ENTRIES = [
  { group: 'admins', role: 'admin' },
  { group: 'ops', role: 'operator', sessions: ['ops-*', 'shared'] },
  { group: 'café', role: 'viewer', readOnly: true },
] as unknown as readonly GroupSection[];

describe(rightsOfGroups.name, () => {
  it('takes the first entry of the file that fits, in whatever order the groups come', () => {
    const admin = { role: 'admin', readOnly: false };
    expect(rightsOfGroups(['ops', 'admins'], ENTRIES)).toEqual(admin);
    expect(rightsOfGroups(['admins', 'ops'], ENTRIES)).toEqual(admin);
  });

  it('gives session patterns as one list, of which one has to fit', () => {
    expect(rightsOfGroups(['ops'], ENTRIES)).toEqual({
      role: 'operator',
      readOnly: false,
      sessions: [['ops-*', 'shared']],
    });
  });

  it('compares names however they were composed', () => {
    expect(rightsOfGroups(['cafe\u0301'], ENTRIES)).toEqual({ role: 'viewer', readOnly: true });
  });

  it.each([[[]], [['Admins']], [['admins,ops']], [['*']], [['__proto__']]])(
    'knows no entry for %j',
    (groups) => {
      expect(rightsOfGroups(groups, ENTRIES)).toBeUndefined();
    },
  );

  it('gives * to everybody, also to those without a group', () => {
    const all = { group: '*', role: 'viewer' } as unknown as GroupSection;
    const entries = [...ENTRIES, all];
    expect(rightsOfGroups([], entries)).toEqual({ role: 'viewer', readOnly: false });
    expect(rightsOfGroups(['admins'], entries)?.role).toBe('admin');
  });
});

describe(NoRoleError.name, () => {
  it('says whom to ask for what', () => {
    const { code, message } = new NoRoleError();
    expect(code).toBe('forbidden');
    expect(message).toMatch(/Nobody gave you a role here: ask .+'groups'/);
  });
});
