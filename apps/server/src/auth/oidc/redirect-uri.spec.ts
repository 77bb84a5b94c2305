import { InvalidRequestError } from '../../http/app-error.js';
import { redirectUriOf } from './redirect-uri.js';

describe(redirectUriOf.name, () => {
  it.each([
    ['/', 'https://term.example.com/api/sign-in/oidc/callback'],
    ['/tmux', 'https://term.example.com/tmux/api/sign-in/oidc/callback'],
  ])('lies below the base path %s', (basePath, uri) => {
    const outside = { host: 'term.example.com', origin: 'https://term.example.com' };
    expect(redirectUriOf(outside, { basePath })).toBe(uri);
  });

  it('needs an address that the browser can come back to', () => {
    expect(() => redirectUriOf({ host: '', origin: 'http://' }, { basePath: '/' })).toThrow(
      InvalidRequestError,
    );
  });
});
