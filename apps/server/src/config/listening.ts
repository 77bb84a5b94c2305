import type { TmuxyConfig } from './config.js';

/** Addresses that stand for all addresses of the machine. */
const WILDCARDS: readonly string[] = ['0.0.0.0', '::', '::0', '0:0:0:0:0:0:0:0'];

/** Whether connections to `host` can only come from this machine (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '::1' ||
    /^127(?:\.(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])){3}$/.test(host)
  );
}

/** Whether listening on `host` means listening on every address of the machine. */
export function isWildcard(host: string): boolean {
  return WILDCARDS.includes(host);
}

/** Whether we speak TLS ourselves. What a proxy in front of us speaks is another question. */
export function isHttps(config: Pick<TmuxyConfig, 'tlsCert' | 'tlsKey'>): boolean {
  return config.tlsCert !== undefined && config.tlsKey !== undefined;
}

/**
 * Whether we listen without TLS where others than listed proxies could connect. Those are then refused,
 * because what they send and see would cross the network in the clear.
 */
export function isForProxiesOnly(
  config: Pick<TmuxyConfig, 'host' | 'tlsCert' | 'tlsKey' | 'unsafePlainHttp'>,
): boolean {
  return !isLoopback(config.host) && !isHttps(config) && !config.unsafePlainHttp;
}

/** Host of an origin as in `URL.hostname`: lower case, IPv6 in brackets. */
export function hostOf(origin: string): string {
  return new URL(origin).hostname;
}

/** Whether `origin` names this machine only, so that nothing of it crosses a network. */
export function isLoopbackOrigin(origin: string): boolean {
  const host = hostOf(origin).replace(/^\[|\]$/g, '');
  return isLoopback(host) || host.endsWith('.localhost');
}
