import { asksForSecret } from './asks-for-secret.js';

describe(asksForSecret.name, () => {
  it.each([
    'Password: ',
    '[sudo] password for ana: ',
    "ana@example.com's password: ",
    "Enter passphrase for key '/home/ana/.ssh/id_ed25519': ",
    'Password for user postgres: ',
    "Password for 'https://ana@example.com': ",
    'Verification code: ',
    'One-time password (OATH) for `ana`: ',
    'Enter PIN for authenticator: ',
    '\u001b[1;31mPassword:\u001b[0m ',
    '\u001b]0;title\u0007New password: ',
    'Token? ',
  ])('[K17] knows %j', (line) => {
    expect(asksForSecret(line)).toBe(true);
  });

  it.each(['$ ', 'ana@host:~/password-app$ ', 'Continue? [y/N] ', '', 'password changed', ': '])(
    'lets %j be',
    (line) => {
      expect(asksForSecret(line)).toBe(false);
    },
  );
});
