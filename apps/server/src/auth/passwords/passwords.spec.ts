import { hashPassword, unfittableHash, verifyPassword } from './password-hash.js';
import { checkNewPassword, normalPassword } from './password-rules.js';

/** The parameters OWASP asks for, as the hash itself tells them. */
const PARAMETERS = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;

describe(hashPassword.name, () => {
  it('is argon2id with a salt, and fits its password alone, to the last character', async () => {
    const long = 'x'.repeat(255);
    const [one, two] = [await hashPassword(`${long}y`), await hashPassword(`${long}y`)];
    expect(one).toMatch(PARAMETERS);
    expect(one).not.toBe(two);
    expect(await verifyPassword(one, `${long}y`)).toBe(true);
    expect(await verifyPassword(one, `${long}z`)).toBe(false);
  });

  it('[A5] costs as much for a name that nobody has', async () => {
    expect(await unfittableHash()).toMatch(PARAMETERS);
  });
});

describe(checkNewPassword.name, () => {
  it.each(['twelve chars', 'x'.repeat(256), '🦊'.repeat(12), ' spaces count '])(
    'takes %.20j',
    (password) => {
      expect(checkNewPassword(password)).toBe(password);
    },
  );

  it.each(['', 'eleven char', 'x'.repeat(257), '🦊'.repeat(11)])('refuses %.20j', (password) => {
    expect(() => checkNewPassword(password)).toThrow('12 to 256');
  });

  it('[A7] makes one text of what looks the same, and refuses NUL and half characters', () => {
    expect(checkNewPassword('e\u0301 and eleven')).toBe('\u00e9 and eleven');
    expect(normalPassword('e\u0301')).toBe('\u00e9');
    for (const typed of ['twelve chars\0', '\0twelve chars', 'twelve chars\ud800']) {
      expect(() => checkNewPassword(typed)).toThrow('NUL');
      expect(normalPassword(typed)).toBeUndefined();
    }
  });
});
