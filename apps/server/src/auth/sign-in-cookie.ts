import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request } from 'express';
import { outsideOf } from '../http/edge/outside.js';

/** How the browser reaches us, as far as its cookie depends on it. */
export interface CookiePlace {
  /** Whether the browser speaks https. */
  readonly secure: boolean;
  /** The port in the browser's address bar. */
  readonly port: number;
  /** `/`, or a path without trailing slash. */
  readonly basePath: string;
}

/** Where the browser believes to be ({@link outsideOf}). The cookies of two servers must not meet. */
export function cookiePlaceOf(request: Request, basePath: string): CookiePlace {
  const { secure, port } = outsideOf(request);
  return { secure, port, basePath };
}

/**
 * Over http the port is in the name, since cookies are shared by all ports of a host (RFC 6265 §8.5).
 * Over https `__Host-` binds it to this very origin; that wants Path=/, so below a base path it is
 * `__Secure-` (RFC 6265bis §4.1.3).
 */
export function cookieName({ secure, port, basePath }: CookiePlace): string {
  if (!secure) return `tmuxy-${String(port)}`;
  return basePath === '/' ? '__Host-tmuxy' : '__Secure-tmuxy';
}

/** `Set-Cookie` that signs the browser in for `maxAgeMs`. */
export function signInCookie(place: CookiePlace, secret: string, maxAgeMs: number): string {
  return setCookie(place, secret, Math.floor(maxAgeMs / 1000));
}

/** `Set-Cookie` that makes the browser forget it. */
export function signOutCookie(place: CookiePlace): string {
  return setCookie(place, '', 0);
}

/** @returns the cookie's value in a `Cookie` header, undefined when it is not there */
export function readSignInCookie(
  place: CookiePlace,
  header: string | undefined,
): string | undefined {
  return header === undefined ? undefined : parseCookie(header)[cookieName(place)];
}

function setCookie(place: CookiePlace, value: string, maxAge: number): string {
  return stringifySetCookie({
    name: cookieName(place),
    value,
    maxAge,
    path: place.basePath,
    httpOnly: true,
    sameSite: 'strict',
    secure: place.secure,
  });
}
