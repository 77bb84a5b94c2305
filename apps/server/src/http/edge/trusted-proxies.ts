import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { TmuxyConfig } from '../../config/config.js';

type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** The reverse proxies whose headers are believed: `trustedProxies` of the configuration and nobody else. */
@Injectable()
export class TrustedProxies {
  readonly #networks: readonly Network[];

  constructor(config: TmuxyConfig) {
    this.#networks = config.trustedProxies.map(parseNetwork);
  }

  /** Whether the peer at this address (`socket.remoteAddress`) is one of them. */
  trusts(address: string | undefined): boolean {
    if (address === undefined || !ipaddr.isValid(address)) return false;
    // An IPv4 peer of a dual-stack socket is written ::ffff:1.2.3.4.
    const peer = ipaddr.process(address);
    return this.#networks.some(
      ([network, bits]) => network.kind() === peer.kind() && peer.match([network, bits] as never),
    );
  }
}

/** Reads an address or a network in CIDR notation. @throws Error when it is neither */
export function parseNetwork(text: string): Network {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
