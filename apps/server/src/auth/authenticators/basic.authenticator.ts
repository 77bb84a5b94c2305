import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TmuxyConfig } from '../../config/config.js';
import { UnauthenticatedError } from '../../http/app-error.js';
import { clientAddressOf, limitKeyOf } from '../../http/edge/client-address.js';
import { TrustedProxies } from '../../http/edge/trusted-proxies.js';
import { AddressGuesses } from '../address-guesses.js';
import { grantOfUser } from '../credentials/credential-grants.js';
import { PasswordsService } from '../passwords/passwords.service.js';
import { setClaimedName } from '../identity.js';
import type { Grant } from '../rights.js';
import { UsersService } from '../users/users.service.js';
import type { Authenticator } from './authenticator.js';
import { authorizationOf } from './authorization-header.js';

/** Programs that send a user's name and password with every request (RFC 7617). */
@Injectable()
export class BasicAuthenticator implements Authenticator {
  readonly #passwords: PasswordsService;
  readonly #guesses: AddressGuesses;
  readonly #proxies: TrustedProxies;
  readonly #config: TmuxyConfig;
  readonly #users: UsersService;

  constructor(
    passwords: PasswordsService,
    guesses: AddressGuesses,
    proxies: TrustedProxies,
    config: TmuxyConfig,
    users: UsersService,
  ) {
    this.#users = users;
    this.#passwords = passwords;
    this.#guesses = guesses;
    this.#proxies = proxies;
    this.#config = config;
  }

  async authenticate(request: Request): Promise<Grant | undefined> {
    if (!this.#config.passwords || this.#isProxys(request)) return undefined;
    const encoded = authorizationOf(request, 'Basic');
    if (encoded === undefined) return undefined;
    const address = limitKeyOf(clientAddressOf(request));
    const given = decode(encoded);
    const user =
      given &&
      (await this.#passwords.verifyRepeated(given.name, given.password, address, () =>
        this.#guesses.check(address),
      ));
    const grant = user && grantOfUser(user);
    if (user && grant) {
      return { ...grant, method: 'password', credentialId: `user:${user.name}` };
    }
    if (given && this.#users.has(given.name)) setClaimedName(request, given.name);
    this.#guesses.count(address);
    // Not without such a header: browsers would ask for a password in a window of their own.
    request.res?.setHeader('WWW-Authenticate', 'Basic realm="tmuxy", charset="UTF-8"');
    throw new UnauthenticatedError('The name or the password is wrong.');
  }

  /** A proxy that names the user has asked for a password itself, and passes it on. */
  #isProxys(request: Request): boolean {
    const header = this.#config.proxyUserHeader?.toLowerCase();
    return (
      header !== undefined &&
      request.headers[header] !== undefined &&
      this.#proxies.trusts(request.socket.remoteAddress)
    );
  }
}

/** @returns undefined when it is no base64 of UTF-8 with a colon */
function decode(encoded: string): { readonly name: string; readonly password: string } | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(encoded, 'base64'),
    );
  } catch {
    return undefined; // Not UTF-8, which we say we want.
  }
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { name: text.slice(0, colon), password: text.slice(colon + 1) };
}
