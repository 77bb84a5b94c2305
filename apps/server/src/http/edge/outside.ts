import type { IncomingHttpHeaders } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { TmuxyConfig } from '../../config/config.js';
import type { TrustedProxies } from './trusted-proxies.js';

/** How a request's sender reaches us: what stands in a browser's address bar. */
export interface Outside {
  readonly secure: boolean;
  /** As in `URL.hostname`: lower case, IPv6 in brackets. Empty when the request names none we understand. */
  readonly host: string;
  readonly port: number;
  /** Scheme, host and port, as browsers write them in `Origin`. */
  readonly origin: string;
}

/** What is asked of a request; an `IncomingMessage` is one. */
interface OutsideRequest {
  readonly headers: IncomingHttpHeaders;
  readonly socket: {
    readonly remoteAddress?: string | undefined;
    readonly localPort?: number | undefined;
  };
}

const outsides = new WeakMap<object, Outside>();

/** A name or address with an optional port (RFC 9110 §7.2), without what URLs may hide in it. */
const AUTHORITY = /^([a-z0-9](?:[a-z0-9._-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?$/i;
const PORT_MAX = 65_535;

/** @returns how the sender of `request` reaches us; without the edge's middleware: what `Host` says */
export function outsideOf(request: OutsideRequest): Outside {
  return outsides.get(request) ?? readOutside(request);
}

/** Remembers the answer for {@link outsideOf}; called by the edge only. */
export function setOutside(request: object, outside: Outside): void {
  outsides.set(request, outside);
}

/**
 * The scheme is that of a listed proxy's `X-Forwarded-Proto`, of the connection, or of the one public origin
 * the host belongs to. `X-Forwarded-*` of anybody else, doubled or malformed, counts as absent. The port of
 * `Host` is kept, because through `ssh -L` it is another than ours.
 */
export function readOutside(
  request: OutsideRequest,
  proxies?: Pick<TrustedProxies, 'trusts'>,
  config?: Pick<TmuxyConfig, 'publicOrigins'>,
): Outside {
  const { headers, socket } = request;
  const isProxied = proxies?.trusts(socket.remoteAddress) === true;
  const forwardedHost = isProxied ? single(headers['x-forwarded-host']) : undefined;
  const { name, port } = partsOf(forwardedHost ?? headers.host ?? '');
  const host = name?.toLowerCase() ?? '';
  const forwardedProto = isProxied ? single(headers['x-forwarded-proto']) : undefined;
  const secure =
    forwardedProto === 'https' ||
    (forwardedProto !== 'http' &&
      (socket instanceof TLSSocket || isPublicHttps(host, port, config?.publicOrigins ?? [])));
  const fallback =
    host === '' ? (socket.localPort ?? 0) : secure ? 443 : name === undefined ? 0 : 80;
  const numericPort = port === undefined ? fallback : Number(port);
  return {
    secure,
    host,
    port: numericPort,
    origin: originFrom(secure, host, numericPort),
  };
}

/** @returns nothing when `authority` is none, or names a port that cannot be */
function partsOf(authority: string): { readonly name?: string; readonly port?: string } {
  const [, name, port] = AUTHORITY.exec(authority) ?? [];
  if (name === undefined || Number(port ?? 0) > PORT_MAX) return {};
  return port === undefined ? { name } : { name, port };
}

/** As browsers write it: without the scheme's own port (RFC 6454 §6.2). */
function originFrom(secure: boolean, host: string, port: number): string {
  const isDefault = port === (secure ? 443 : 80);
  return `${secure ? 'https' : 'http'}://${host}${isDefault ? '' : `:${String(port)}`}`;
}

/** Whether this host and port are published as https and not as http. */
function isPublicHttps(
  host: string,
  port: string | undefined,
  origins: readonly string[],
): boolean {
  const isListed = (secure: boolean): boolean =>
    origins.includes(originFrom(secure, host, Number(port ?? (secure ? 443 : 80))));
  return isListed(true) && !isListed(false);
}

/** A header's value when there is exactly one. */
function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' && !value.includes(',') ? value.trim() : undefined;
}
