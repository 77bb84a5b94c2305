import { parseCookie, stringifySetCookie } from 'cookie';
import type { CookiePlace } from '../sign-in-cookie.js';
import { OIDC_FLOW_MS } from './oidc-flows.js';

/**
 * Ties a sign-in under way to the browser that began it, so that nobody can have another's browser
 * finish theirs. `Lax`, because it has to come along when the provider sends the browser back.
 */
export function flowCookie(place: CookiePlace, secret: string): string {
  return setCookie(place, secret, OIDC_FLOW_MS / 1000);
}

/** Makes the browser forget it. */
export function endFlowCookie(place: CookiePlace): string {
  return setCookie(place, '', 0);
}

/** @returns its value in a `Cookie` header, undefined when it is not there */
export function readFlowCookie(place: CookiePlace, header: string | undefined): string | undefined {
  return header === undefined ? undefined : parseCookie(header)[nameOf(place)];
}

/** Like the sign-in cookie's: over http all ports of a host share their cookies (RFC 6265 §8.5). */
function nameOf({ secure, port }: CookiePlace): string {
  return secure ? '__Secure-tmuxy-oidc' : `tmuxy-oidc-${String(port)}`;
}

function setCookie(place: CookiePlace, value: string, maxAge: number): string {
  return stringifySetCookie({
    name: nameOf(place),
    value,
    maxAge,
    path: `${place.basePath === '/' ? '' : place.basePath}/api/sign-in/oidc`,
    httpOnly: true,
    sameSite: 'lax',
    secure: place.secure,
  });
}
