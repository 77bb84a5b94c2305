import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import * as openid from 'openid-client';
import { TmuxyConfig } from '../../config/config.js';
import { errorCode } from '../../config/error-code.js';
import { isLoopback } from '../../config/listening.js';
import type { OidcSection } from '../../config/sections.js';
import { NotFoundError } from '../../http/app-error.js';
import { type OidcClaims, saysAll } from './oidc-claims.js';
import type { OidcFlow } from './oidc-flows.js';
import { OidcSignInError } from './oidc.errors.js';

/** How long one request to the provider may take. */
const TIMEOUT_SECONDS = 10;
/** How long what the provider says of itself is believed before it is asked again. */
const DISCOVERY_MS = 3_600_000;
const SCOPES = ['openid', 'profile', 'email'] as const;

/** Speaks with the OpenID Connect provider: authorization code flow with PKCE (RFC 9700 §2.1.1). */
@Injectable()
export class OidcProviderClient {
  readonly #section: OidcSection | undefined;
  #known: { readonly provider: Promise<openid.Configuration>; readonly until: number } | undefined;

  constructor(config: TmuxyConfig) {
    this.#section = config.oidc;
  }

  /** @throws NotFoundError when the configuration names no provider */
  get section(): OidcSection {
    if (this.#section) return this.#section;
    throw new NotFoundError('No OpenID Connect provider is set up here.');
  }

  /**
   * Where the browser has to go to sign in.
   *
   * @throws OidcSignInError when the provider cannot be asked
   */
  async authorizationUrl(flow: OidcFlow, state: string): Promise<URL> {
    return openid.buildAuthorizationUrl(await this.#provider(), {
      redirect_uri: flow.redirectUri,
      scope: (this.section.scopes ?? SCOPES).join(' '),
      state,
      nonce: flow.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(flow.verifier),
      code_challenge_method: 'S256',
    });
  }

  /**
   * Trades the provider's answer for what it says of the person. The library checks state, issuer and
   * the ID token: signature, audience, nonce, times.
   *
   * @param answer `redirectUri` with the query the provider sent
   * @throws OidcSignInError when the person said no, or anything does not fit
   */
  async redeem(answer: URL, flow: OidcFlow, state: string): Promise<OidcClaims> {
    const provider = await this.#provider();
    try {
      const tokens = await openid.authorizationCodeGrant(provider, answer, {
        expectedState: state,
        expectedNonce: flow.nonce,
        pkceCodeVerifier: flow.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims() ?? { sub: '' };
      const hasMore = provider.serverMetadata().userinfo_endpoint !== undefined;
      if (saysAll(claims, this.section) || !hasMore) return claims;
      return {
        ...(await openid.fetchUserInfo(provider, tokens.access_token, claims.sub)),
        ...claims,
      };
    } catch (error) {
      throw toSignInError(error);
    }
  }

  /** What failed is not kept: the next sign-in tries again. */
  async #provider(): Promise<openid.Configuration> {
    if (!this.#known || this.#known.until < Date.now())
      this.#known = { provider: discover(this.section), until: Date.now() + DISCOVERY_MS };
    const known = this.#known;
    try {
      return await known.provider;
    } catch (error) {
      if (this.#known === known) this.#known = undefined;
      if (error instanceof OidcSignInError) throw error;
      throw new OidcSignInError(
        'oidc-failed',
        `the provider ${this.section.issuer} cannot be asked (${reasonOf(error)}); ` +
          "check 'oidc.issuer' and whether this machine reaches it",
        error,
      );
    }
  }
}

function discover(section: OidcSection): Promise<openid.Configuration> {
  const issuer = new URL(section.issuer);
  // Beyond this machine the library refuses plain http itself.
  const isOnThisMachine = issuer.protocol === 'http:' && isLoopback(hostnameOf(issuer));
  return openid.discovery(issuer, section.clientId, undefined, authenticationOf(section), {
    timeout: TIMEOUT_SECONDS,
    execute: [
      // The signature is checked even though the token comes from the provider itself.
      openid.enableNonRepudiationChecks,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the library's mark for "only where you mean it"
      ...(isOnThisMachine ? [openid.allowInsecureRequests] : []),
    ],
  });
}

/** Without brackets around IPv6. */
function hostnameOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** Basic where the provider takes it, which is the standard's default (OpenID Connect Core §9), else post. */
function authenticationOf({ clientSecretFile }: OidcSection): openid.ClientAuth {
  if (clientSecretFile === undefined) return openid.None();
  const secret = readSecret(clientSecretFile);
  const basic = openid.ClientSecretBasic(secret);
  const post = openid.ClientSecretPost(secret);
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authenticate = methods.includes('client_secret_basic') ? basic : post;
    authenticate(server, client, body, headers);
  };
}

/** Its first line. @throws OidcSignInError */
function readSecret(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new OidcSignInError(
      'oidc-failed',
      `oidc.clientSecretFile: ${file} cannot be read (${errorCode(error) ?? 'unknown'})`,
    );
  }
  const secret = text.split('\n', 1)[0]?.trim() ?? '';
  if (secret === '')
    throw new OidcSignInError('oidc-failed', `oidc.clientSecretFile: ${file} is empty`);
  return secret;
}

function toSignInError(error: unknown): OidcSignInError {
  const isDenied =
    error instanceof openid.AuthorizationResponseError && error.error === 'access_denied';
  return new OidcSignInError(
    isDenied ? 'oidc-denied' : 'oidc-failed',
    isDenied ? 'the person said no' : `the provider's answer was refused (${reasonOf(error)})`,
    error,
  );
}

/** What the library says, without what was sent: codes and its own words only. */
function reasonOf(error: unknown): string {
  if (error instanceof openid.AuthorizationResponseError) return error.error;
  if (error instanceof openid.ResponseBodyError) return error.error;
  if (!(error instanceof Error)) return 'unknown';
  const code = errorCode(error) ?? errorCode(error.cause);
  return code === undefined ? error.message : `${code}: ${error.message}`;
}
