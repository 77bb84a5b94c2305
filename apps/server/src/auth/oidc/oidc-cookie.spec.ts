import { endFlowCookie, flowCookie, readFlowCookie } from './oidc-cookie.js';

const PLAIN = { secure: false, port: 9000, basePath: '/' };
const SECURE = { secure: true, port: 443, basePath: '/tmux' };

describe(flowCookie.name, () => {
  it('comes along when another site leads back, and to no page or script', () => {
    expect(flowCookie(PLAIN, 's')).toBe(
      'tmuxy-oidc-9000=s; Max-Age=600; Path=/api/sign-in/oidc; HttpOnly; SameSite=Lax',
    );
    expect(flowCookie(SECURE, 's')).toBe(
      '__Secure-tmuxy-oidc=s; Max-Age=600; Path=/tmux/api/sign-in/oidc; HttpOnly; Secure; SameSite=Lax',
    );
  });
});

describe(endFlowCookie.name, () => {
  it('makes the browser forget it at once', () => {
    expect(endFlowCookie(PLAIN)).toMatch(
      /^tmuxy-oidc-9000=; Max-Age=0; Path=\/api\/sign-in\/oidc;/,
    );
  });
});

describe(readFlowCookie.name, () => {
  it('finds its own by scheme and port', () => {
    const header = 'a=b; tmuxy-oidc-9000=plain; __Secure-tmuxy-oidc=secure; tmuxy-9000=signed-in';
    expect(readFlowCookie(PLAIN, header)).toBe('plain');
    expect(readFlowCookie(SECURE, header)).toBe('secure');
    expect(readFlowCookie({ ...PLAIN, port: 9001 }, header)).toBeUndefined();
    expect(readFlowCookie(PLAIN, undefined)).toBeUndefined();
  });
});
