import { userInfo } from 'node:os';
import type { TmuxyConfig } from '../../config/config.js';
import { NoneAuthenticator } from './none.authenticator.js';

const withAuth = (auth: TmuxyConfig['auth']) =>
  new NoneAuthenticator({ auth } as unknown as TmuxyConfig);

describe(NoneAuthenticator.name, () => {
  it('makes everybody the local owner where nobody has to sign in', () => {
    expect(withAuth('none').authenticate()).toEqual({
      name: userInfo().username,
      role: 'admin',
      readOnly: false,
      method: 'none',
      credentialId: 'none',
    });
  });

  it('is nobody otherwise', () => {
    expect(withAuth('required').authenticate()).toBeUndefined();
  });
});
