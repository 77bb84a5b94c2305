import type { IncomingHttpHeaders } from 'node:http';
import ipaddr from 'ipaddr.js';
import type { TrustedProxies } from './trusted-proxies.js';

/** What is asked of a request; an `IncomingMessage` is one. */
interface AddressedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** Most proxies a request may have come through; what stands further left is not looked at. */
const HOPS_MAX = 16;
/** Longest way of writing an address with a port. */
const ENTRY_MAX_CHARACTERS = 64;
/** Every customer of a provider has this much to change addresses in (RFC 6177). */
const IPV6_LIMIT_BITS = 64;

const addresses = new WeakMap<object, string>();

/**
 * Address of the client: of the socket's peer, or, where that is a listed proxy, what the proxy says
 * (`X-Forwarded-For`). Every limit and every record by address goes by this one.
 */
export function clientAddressOf(request: AddressedRequest): string {
  return addresses.get(request) ?? readClientAddress(request);
}

/** Remembers the answer for {@link clientAddressOf}; called by the edge only. */
export function setClientAddress(request: object, address: string): void {
  addresses.set(request, address);
}

/**
 * Walks `X-Forwarded-For` from the right, as each proxy adds the peer it saw at that end, and stops at the
 * first that is no listed proxy: everything left of it is what that one made up. An entry that is no
 * address (`unknown`, a zone, a name) ends the walk at the proxy that wrote it.
 */
export function readClientAddress(
  { headers, socket }: AddressedRequest,
  proxies?: Pick<TrustedProxies, 'trusts'>,
): string {
  let client = plainAddress(socket.remoteAddress ?? '') ?? 'unknown';
  const forwarded = headers['x-forwarded-for'];
  let rest = Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '');
  for (let hop = 0; hop < HOPS_MAX && rest !== '' && proxies?.trusts(client) === true; hop++) {
    const comma = rest.lastIndexOf(',');
    const entry = forwardedAddress(rest.slice(comma + 1).trim());
    if (entry === undefined) break;
    client = entry;
    rest = comma < 0 ? '' : rest.slice(0, comma);
  }
  return client;
}

/** What limits count by: the address, of IPv6 its network of 64 bits. */
export function limitKeyOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  const bytes = ipaddr.IPv6.parse(address).toByteArray();
  return `${new ipaddr.IPv6(bytes.map((byte, at) => (at < IPV6_LIMIT_BITS / 8 ? byte : 0))).toString()}/${String(IPV6_LIMIT_BITS)}`;
}

/** `1.2.3.4`, `1.2.3.4:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`; nothing else. */
function forwardedAddress(entry: string): string | undefined {
  if (entry.length > ENTRY_MAX_CHARACTERS) return undefined;
  const [, bracketed, v4] =
    /^(?:\[([0-9a-f:.]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d{1,5})?$/i.exec(entry) ?? [];
  return plainAddress(bracketed ?? v4 ?? entry);
}

/** The one way an address is written here: IPv4 in four parts (also when mapped), IPv6 shortened. */
function plainAddress(text: string): string | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).toString();
  if (!ipaddr.IPv6.isValid(text) || text.includes('%')) return undefined;
  return ipaddr.process(text).toString();
}
