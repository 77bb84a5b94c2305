import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TmuxyConfig } from '../../config/config.js';
import { TrustedProxies } from '../../http/edge/trusted-proxies.js';
import { UnauthenticatedError } from '../../http/app-error.js';
import { CredentialEvents } from '../credential-events.js';
import { type GroupRights, NoRoleError, rightsOfGroups } from '../group-rights.js';
import type { Grant } from '../rights.js';
import type { Authenticator } from './authenticator.js';
import { readProxiedUser } from './proxy-header.js';
import { ProxySecret } from './proxy-secret.js';

/** Most people whose last rights are remembered; past it the one longest unchanged is forgotten. */
export const PROXIED_USERS_MAX = 4096;

/** Who a trusted reverse proxy names in `proxyUserHeader`, with the rights of its groups. */
@Injectable()
export class ProxyHeaderAuthenticator implements Authenticator {
  readonly #config: TmuxyConfig;
  readonly #proxies: TrustedProxies;
  readonly #events: CredentialEvents;
  readonly #secret: ProxySecret;
  /** Credential id → rights at the last request, as JSON. */
  readonly #lastRights = new Map<string, string>();

  constructor(
    config: TmuxyConfig,
    proxies: TrustedProxies,
    events: CredentialEvents,
    secret: ProxySecret,
  ) {
    this.#secret = secret;
    this.#config = config;
    this.#proxies = proxies;
    this.#events = events;
  }

  /**
   * @throws UnauthenticatedError when the proxy does not send the secret it is to send
   * @throws NoRoleError when none of the person's groups has a role
   * @throws InvalidRequestError when the headers are not what a proxy alone could have set
   */
  authenticate(request: Request): Grant | undefined {
    if (!this.#proxies.trusts(request.socket.remoteAddress)) return undefined;
    const user = readProxiedUser(request, this.#config);
    if (!user) return undefined;
    if (!this.#secret.isProvedBy(request)) {
      throw new UnauthenticatedError('The reverse proxy named a user but did not prove itself.');
    }
    const credentialId = `proxy:${user.name}`;
    const rights = rightsOfGroups(user.groups, this.#config.groups);
    this.#notice(credentialId, rights);
    if (!rights) throw new NoRoleError();
    return { name: user.name, ...rights, method: 'proxy', credentialId };
  }

  /** Nobody tells us that somebody's groups changed; the next request does, and old streams end. */
  #notice(credentialId: string, rights: GroupRights | undefined): void {
    const now = JSON.stringify(rights ?? null);
    const before = this.#lastRights.get(credentialId);
    if (before === now) return;
    this.#lastRights.delete(credentialId);
    const [oldest] = this.#lastRights.keys();
    if (this.#lastRights.size >= PROXIED_USERS_MAX && oldest !== undefined)
      this.#lastRights.delete(oldest);
    this.#lastRights.set(credentialId, now);
    if (before !== undefined)
      this.#events.end({ credentialId, reason: rights ? 'rights-changed' : 'revoked' });
  }
}
