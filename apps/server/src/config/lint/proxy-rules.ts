import ipaddr from 'ipaddr.js';
import type { ConfigValues } from '../config.js';
import { type Finding, refused, warning } from './finding.js';

/** Networks wider than these are no list of proxies: whole continents, or halves of "everybody". */
const WIDEST = { ipv4: 8, ipv6: 7 } as const;
/** Where IPv4 lies in IPv6 (RFC 4291 §2.5.5.2). */
const MAPPED_BITS = 96;

/** Headers that mean something else already; requests of any page carry some of them. */
const TAKEN_HEADERS: ReadonlySet<string> = new Set([
  ...['authorization', 'cookie', 'host', 'origin', 'referer', 'user-agent', 'connection', 'te'],
  ...['accept', 'accept-language', 'accept-encoding', 'accept-charset', 'upgrade', 'via', 'date'],
  ...['range', 'if-match', 'if-none-match', 'if-modified-since', 'transfer-encoding', 'expect'],
  ...['keep-alive', 'dnt', 'priority', 'pragma', 'cache-control', 'trailer', 'last-event-id'],
  ...['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port'],
  ...['x-session-token', 'x-correlation-id', 'x-requested-with', 'upgrade-insecure-requests'],
  'x-tmuxy-proxy-secret',
]);
const TAKEN_PREFIXES = ['sec-', 'proxy-', 'content-', 'access-control-'] as const;

/** Which proxies are believed, and what they are believed. */
export function proxyRules(config: ConfigValues): readonly Finding[] {
  return [
    ...config.trustedProxies.flatMap((entry, index) =>
      networkFindings(entry, `trustedProxies[${String(index)}]`),
    ),
    ...userHeader(config),
  ];
}

function networkFindings(entry: string, key: string): readonly Finding[] {
  const network = parse(entry);
  if (network === undefined) {
    return [
      refused(
        key,
        'is not an address or a network. A number of hops or "true" would believe whoever connects',
        "write the proxy's own address, such as 10.0.0.2, or a network, such as 10.0.0.0/24",
      ),
    ];
  }
  const [address, bits] = network;
  const fix = "write the proxies' own addresses, such as 10.0.0.2 or 10.0.0.0/24";
  if (address.kind() === 'ipv6' && isMappedNetwork(address.toByteArray(), bits)) {
    return [
      refused(
        key,
        bits < MAPPED_BITS
          ? 'covers the IPv4 addresses as IPv6 writes them, which is everybody'
          : 'is an IPv4 address as IPv6 writes it, and such peers are known by their IPv4 address',
        bits < MAPPED_BITS ? fix : 'write it as IPv4, such as 10.0.0.2',
      ),
    ];
  }
  if (bits < WIDEST[address.kind()]) {
    return [
      refused(key, `covers so much (/${String(bits)}) that nearly everybody is believed`, fix),
    ];
  }
  return [];
}

/** Strict: `1`, `127.1` and `0x7f000001` are addresses to some, but nobody writes a proxy's so. */
function parse(entry: string): ReturnType<typeof ipaddr.parseCIDR> | undefined {
  const isStrict =
    ipaddr.IPv4.isValidFourPartDecimal(entry) || ipaddr.IPv4.isValidCIDRFourPartDecimal(entry);
  if (!isStrict && (!entry.includes(':') || entry.includes('%'))) return undefined;
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  if (!ipaddr.isValid(entry)) return undefined;
  const address = ipaddr.parse(entry);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** Whether the network holds, or lies in, ::ffff:0:0/96. */
function isMappedNetwork(bytes: readonly number[], bits: number): boolean {
  const mapped = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
  const common = Math.min(bits, MAPPED_BITS);
  return mapped.every((byte, index) => {
    const wanted = Math.min(8, Math.max(0, common - index * 8));
    const mask = (0xff << (8 - wanted)) & 0xff;
    return ((bytes[index] ?? 0) & mask) === (byte & mask);
  });
}

function userHeader(config: ConfigValues): readonly Finding[] {
  const { proxyUserHeader, proxyGroupsHeader, trustedProxies, groups } = config;
  const findings: Finding[] = [];
  for (const [key, name] of [
    ['proxyUserHeader', proxyUserHeader],
    ['proxyGroupsHeader', proxyGroupsHeader],
  ] as const) {
    if (name !== undefined && isTaken(name)) {
      findings.push(
        refused(
          key,
          'is a header that browsers and proxies send for other reasons, so it would name users by accident or on demand',
          key === 'proxyUserHeader' ? 'use X-Remote-User' : 'use X-Remote-Groups',
        ),
      );
    }
  }
  if (proxyUserHeader === undefined) {
    if (proxyGroupsHeader !== undefined) {
      findings.push(
        refused(
          'proxyGroupsHeader',
          'is set without proxyUserHeader, so nobody is signed in by it',
          'give --proxy-user-header as well, such as X-Remote-User',
        ),
      );
    }
    return findings;
  }
  if (proxyUserHeader.toLowerCase() === proxyGroupsHeader?.toLowerCase()) {
    findings.push(
      refused(
        'proxyGroupsHeader',
        'is the same header as proxyUserHeader, so a user named like a group would be in it',
        'use X-Remote-Groups',
      ),
    );
  }
  if (trustedProxies.length === 0) {
    findings.push(
      refused(
        'proxyUserHeader',
        'is set without trustedProxies, so it is believed of nobody',
        "list the proxy's address, such as --trusted-proxies 10.0.0.2",
      ),
    );
  }
  if (trustedProxies.some((entry) => /^127\.|^::1(?:\/|$)/.test(entry))) {
    findings.push(
      warning(
        'trustedProxies',
        'believes this machine: every program and user on it can name itself whoever it likes',
        'run the proxy where nobody else works, or on an address of its own',
      ),
    );
  }
  if (proxyGroupsHeader === undefined && groups.some(({ group }) => group !== '*')) {
    findings.push(
      warning(
        'groups',
        'names groups, but the proxy is not asked for any (proxyGroupsHeader)',
        'give --proxy-groups-header, such as X-Remote-Groups',
      ),
    );
  }
  return findings;
}

function isTaken(name: string): boolean {
  const lower = name.toLowerCase();
  return TAKEN_HEADERS.has(lower) || TAKEN_PREFIXES.some((prefix) => lower.startsWith(prefix));
}
