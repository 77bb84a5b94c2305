import type { TmuxyConfig } from '../../config/config.js';
import { ownHosts } from '../../config/own-hosts.js';
import { isLoopback } from '../../config/listening.js';
import { HostNotAllowedError } from './edge.errors.js';
import type { Outside } from './outside.js';

/** Which hosts and origins are ours, from `host` and `publicOrigins` (docs/adr/0011-the-edge.md). */
export class OwnOrigins {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;

  constructor(config: Pick<TmuxyConfig, 'host' | 'publicOrigins'>) {
    this.#hosts = new Set(ownHosts(config));
    this.#origins = new Set(config.publicOrigins);
  }

  /**
   * A page whose name was made to point here (DNS rebinding) is same-origin to the browser, but its name
   * is not ours. Ports say nothing: `ssh -L` changes them.
   *
   * @throws HostNotAllowedError
   */
  assertHost({ host }: Pick<Outside, 'host'>): void {
    if (this.#hosts.has(host)) return;
    throw new HostNotAllowedError(
      'This server does not know itself under the name in Host. Use its own address, or list the ' +
        "one you use in 'publicOrigins'.",
    );
  }

  /** Whether a page of `origin` is ours, in a request that reached us as `outside`. */
  hasOrigin(origin: string, outside: Pick<Outside, 'origin'>): boolean {
    return origin === outside.origin || this.#origins.has(origin);
  }
}

/** Whether `host` (as in `URL.hostname`) stands for the machine the browser runs on. */
export function isLoopbackHost(host: string): boolean {
  return isLoopback(host.replace(/^\[|\]$/g, '')) || host.endsWith('.localhost');
}
