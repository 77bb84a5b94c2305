import type { Request } from 'express';
import {
  cookieName,
  cookiePlaceOf,
  readSignInCookie,
  signInCookie,
  signOutCookie,
} from './sign-in-cookie.js';

const HTTP = { secure: false, port: 9000, basePath: '/' } as const;

describe(signInCookie.name, () => {
  it('names the port over http', () => {
    expect(signInCookie(HTTP, 'x', 60_000)).toBe(
      'tmuxy-9000=x; Max-Age=60; Path=/; HttpOnly; SameSite=Strict',
    );
  });

  it('is bound to the host over https', () => {
    expect(signInCookie({ ...HTTP, secure: true }, 'x', 60_000)).toBe(
      '__Host-tmuxy=x; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict',
    );
  });

  it('keeps to its base path', () => {
    expect(signInCookie({ ...HTTP, basePath: '/tmux' }, 'x', 60_000)).toContain('; Path=/tmux;');
    expect(cookieName({ ...HTTP, secure: true, basePath: '/tmux' })).toBe('__Secure-tmuxy');
  });
});

describe(signOutCookie.name, () => {
  it('ends the same cookie', () => {
    expect(signOutCookie(HTTP)).toBe('tmuxy-9000=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict');
  });
});

describe(readSignInCookie.name, () => {
  it('reads its own cookie only', () => {
    expect(readSignInCookie(HTTP, 'tmuxy-9001=a; tmuxy-9000=b')).toBe('b');
    expect(readSignInCookie(HTTP, 'tmuxy-9001=a')).toBeUndefined();
    expect(readSignInCookie(HTTP, undefined)).toBeUndefined();
  });
});

describe(cookiePlaceOf.name, () => {
  it.each([
    ['localhost:8022', 8022],
    ['[::1]:9001', 9001],
    ['example.org', 80],
    [undefined, 9000],
  ])('takes the port from the address bar (%s)', (host, port) => {
    const request = {
      headers: { host },
      secure: false,
      socket: { localPort: 9000 },
    } as unknown as Request;
    expect(cookiePlaceOf(request, '/').port).toBe(port);
  });
});
