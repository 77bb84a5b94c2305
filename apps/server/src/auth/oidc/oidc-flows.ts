import { Injectable } from '@nestjs/common';
import { createSecret, digestOf, isSecret } from '../secrets.js';

/** How long somebody may take at the provider. */
export const OIDC_FLOW_MS = 10 * 60_000;
/** Most sign-ins under way; past it the oldest has to begin anew. */
export const OIDC_FLOWS_MAX = 8192;

/** One sign-in under way at the provider: what its answer must fit. */
export interface OidcFlow {
  readonly nonce: string;
  /** PKCE's `code_verifier` (RFC 7636 §4.1). */
  readonly verifier: string;
  /** Where the provider sends the browser back to. */
  readonly redirectUri: string;
  /** Where the browser goes afterwards, checked already. */
  readonly returnPath: string;
  /** Credential of the sign-in the browser had; it gives that up. */
  readonly formerCredentialId: string | undefined;
}

/** Sign-ins under way, in memory: a restart ends them. */
@Injectable()
export class OidcFlows {
  /** By state, in the order they began. */
  readonly #flows = new Map<
    string,
    { readonly flow: OidcFlow; readonly browser: string; readonly endsAt: number }
  >();

  /** @returns the `state` for the provider and a secret that only the browser that began has (cookie) */
  begin(flow: OidcFlow): { readonly state: string; readonly secret: string } {
    const state = createSecret();
    const secret = createSecret();
    const [oldest] = this.#flows.keys();
    if (this.#flows.size >= OIDC_FLOWS_MAX && oldest !== undefined) this.#flows.delete(oldest);
    this.#flows.set(state, { flow, browser: digestOf(secret), endsAt: Date.now() + OIDC_FLOW_MS });
    return { state, secret };
  }

  /** @returns the flow, once, to the browser that began it; undefined when there is none or it is too old */
  take(state: string, secret: string | undefined): OidcFlow | undefined {
    const known = this.#flows.get(state);
    if (!known || !isSecret(secret) || digestOf(secret) !== known.browser) return undefined;
    this.#flows.delete(state);
    return known.endsAt > Date.now() ? known.flow : undefined;
  }
}
