import { networkInterfaces } from 'node:os';
import type { TmuxyConfig } from './config.js';
import { hostOf, isLoopback, isWildcard } from './listening.js';

const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Names under which this server may be asked for, without ports, as `URL.hostname` writes them (lower case,
 * IPv6 in brackets). A `Host` header with any other name belongs to a page that made its own name point
 * here (DNS rebinding).
 *
 * Those of `publicOrigins`; the address listened on; the loopback names where loopback is listened on;
 * every address of the machine where all of them are.
 *
 * @param addresses of the machine's network interfaces
 */
export function ownHosts(
  config: Pick<TmuxyConfig, 'host' | 'publicOrigins'>,
  addresses: readonly string[] = addressesOfThisMachine(),
): readonly string[] {
  const isEverywhere = isWildcard(config.host);
  const hosts = [
    ...config.publicOrigins.map(hostOf),
    ...(isEverywhere ? addresses : [config.host]).map(asHost),
    ...(isEverywhere || isLoopback(config.host) ? LOOPBACK_HOSTS : []),
  ];
  return [...new Set(hosts)];
}

/** Addresses of the network interfaces. Those of one link only (`fe80::…%eth0`) cannot be in a `Host` header. */
export function addressesOfThisMachine(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address.toLowerCase())
    .filter((address) => !address.startsWith('fe80:'));
}

function asHost(host: string): string {
  return host.includes(':') ? `[${host.toLowerCase()}]` : host.toLowerCase();
}
