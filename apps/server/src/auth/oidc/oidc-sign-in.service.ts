import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import * as openid from 'openid-client';
import { TmuxyConfig } from '../../config/config.js';
import { outsideOf } from '../../http/edge/outside.js';
import { accountOfSubject } from '../accounts.js';
import { BrowserSignInService } from '../browser-sign-in.service.js';
import { rightsOfGroups } from '../group-rights.js';
import { cookiePlaceOf, readSignInCookie } from '../sign-in-cookie.js';
import { SignInsService } from '../sign-ins.service.js';
import { groupsOfClaims, nameOfClaims, type OidcClaims } from './oidc-claims.js';
import { endFlowCookie, flowCookie, readFlowCookie } from './oidc-cookie.js';
import { type OidcFlow, OidcFlows } from './oidc-flows.js';
import { OidcProviderClient } from './oidc-provider-client.js';
import { OidcSignInError } from './oidc.errors.js';
import { redirectUriOf } from './redirect-uri.js';

/** Signs browsers in with what the OpenID Connect provider says of them. */
@Injectable()
export class OidcSignInService {
  readonly #provider: OidcProviderClient;
  readonly #flows: OidcFlows;
  readonly #browsers: BrowserSignInService;
  readonly #signIns: SignInsService;
  readonly #config: TmuxyConfig;

  constructor(
    provider: OidcProviderClient,
    flows: OidcFlows,
    browsers: BrowserSignInService,
    signIns: SignInsService,
    config: TmuxyConfig,
  ) {
    this.#provider = provider;
    this.#flows = flows;
    this.#browsers = browsers;
    this.#signIns = signIns;
    this.#config = config;
  }

  /**
   * @param returnPath where the browser goes in the end, checked already
   * @returns where it has to go now
   * @throws OidcSignInError when the provider cannot be asked
   */
  async begin(request: Request, response: Response, returnPath: string): Promise<string> {
    const place = cookiePlaceOf(request, this.#config.basePath);
    // The provider sends the browser back from another site, so that its Strict cookie stays away then.
    const former = this.#signIns.resolve(readSignInCookie(place, request.headers.cookie) ?? '');
    const flow: OidcFlow = {
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
      redirectUri: redirectUriOf(outsideOf(request), this.#config),
      returnPath,
      formerCredentialId: former?.credentialId,
    };
    const { state, secret } = this.#flows.begin(flow);
    const location = await this.#provider.authorizationUrl(flow, state);
    response.append('Set-Cookie', flowCookie(place, secret));
    return location.href;
  }

  /**
   * The flow that a provider's answer belongs to; it is taken, so that an answer counts once.
   *
   * @throws OidcSignInError when this browser has begun none, or too long ago
   */
  take(request: Request, answer: URLSearchParams): OidcFlow {
    const place = cookiePlaceOf(request, this.#config.basePath);
    const [state, ...more] = answer.getAll('state');
    const secret = readFlowCookie(place, request.headers.cookie);
    const flow =
      state === undefined || more.length > 0 ? undefined : this.#flows.take(state, secret);
    if (flow) return flow;
    throw new OidcSignInError(
      'oidc-expired',
      'the answer belongs to no sign-in that this browser has begun in the last minutes',
    );
  }

  /**
   * Signs the browser in.
   *
   * @throws OidcSignInError when the answer does not fit, the person said no or has no role
   */
  async finish(
    request: Request,
    response: Response,
    flow: OidcFlow,
    answer: URLSearchParams,
  ): Promise<void> {
    const url = new URL(flow.redirectUri);
    url.search = answer.toString();
    const claims = await this.#provider.redeem(url, flow, answer.get('state') ?? '');
    const who = this.#whoIs(claims);
    if (flow.formerCredentialId !== undefined) await this.#signIns.remove(flow.formerCredentialId);
    await this.#browsers.signIn(request, response, { ...who, method: 'oidc' });
    const place = cookiePlaceOf(request, this.#config.basePath);
    response.append('Set-Cookie', endFlowCookie(place));
  }

  #whoIs(claims: OidcClaims) {
    const { section } = this.#provider;
    const name = nameOfClaims(claims, section);
    if (name === undefined) {
      throw new OidcSignInError(
        'oidc-failed',
        `the provider named nobody; check 'oidc.nameClaim' and 'oidc.scopes'`,
      );
    }
    const rights = rightsOfGroups(groupsOfClaims(claims, section), this.#config.groups);
    const subject = String(claims['sub']);
    if (rights) return { name, account: accountOfSubject(section.issuer, subject), ...rights };
    throw new OidcSignInError('oidc-no-role', `no group of '${name}' has a role here`);
  }
}
