/**
 * An OpenID Connect provider as a process: `node oidc-provider-process.ts '<OidcProviderSetUp as JSON>'`.
 * Prints its issuer, ends with its standard input.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import type { OidcProviderSetUp } from './oidc-provider.js';

const setUp = JSON.parse(process.argv[2] ?? '{}') as OidcProviderSetUp;

const server = createServer();
server.listen(setUp.port ?? 0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
const scopes = ['openid', 'profile', 'email', 'groups'];

const provider: Provider = new Provider(issuer, {
  clients: [
    {
      client_id: setUp.clientId,
      // Native clients may come back to any port of this machine (RFC 8252 §7.3).
      application_type: 'native',
      redirect_uris: [...setUp.redirectUris],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      ...(setUp.clientSecret === undefined
        ? { token_endpoint_auth_method: 'none' }
        : {
            client_secret: setUp.clientSecret,
            token_endpoint_auth_method: setUp.clientAuthentication ?? 'client_secret_basic',
          }),
    },
  ],
  ...(setUp.clientAuthentication ? { clientAuthMethods: [setUp.clientAuthentication] } : {}),
  scopes,
  claims: {
    openid: ['sub'],
    profile: ['preferred_username'],
    email: ['email', 'email_verified'],
    groups: ['groups'],
  },
  conformIdTokenClaims: setUp.claimsIn === 'userinfo',
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  findAccount: (_context, accountId) => {
    const claims = setUp.accounts[accountId];
    return claims && { accountId, claims: () => ({ ...claims, sub: accountId }) };
  },
  // Nobody is asked for consent: that is the provider's business, not ours.
  loadExistingGrant: async ({ oidc }) => {
    const { client, session } = oidc;
    if (!client || session?.accountId === undefined) return undefined;
    const grant = new provider.Grant({
      clientId: client.clientId,
      accountId: session.accountId,
    });
    grant.addOIDCScope(scopes.join(' '));
    await grant.save();
    return grant;
  },
});
const answer = provider.callback();

server.on('request', (request: IncomingMessage, response: ServerResponse) => {
  const [, page, , step] = (request.url ?? '').split('/');
  const done =
    page === 'interaction' ? interact(request, response, step) : answer(request, response);
  done.catch((error: unknown) => {
    response.writeHead(500).end(String(error));
  });
});

/** The provider's own page: a name and a button; whoever is in the list is let in. */
async function interact(
  request: IncomingMessage,
  response: ServerResponse,
  step: string | undefined,
): Promise<void> {
  if (step === 'cancel') {
    await provider.interactionFinished(request, response, { error: 'access_denied' });
  } else if ((await provider.interactionDetails(request, response)).prompt.name === 'consent') {
    // Native clients are asked for every time; nobody needs to see that.
    await provider.interactionFinished(request, response, { consent: {} });
  } else if (request.method === 'POST') {
    const body = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
    const accountId = body.get('account') ?? '';
    await provider.interactionFinished(request, response, { login: { accountId } });
  } else {
    const path = request.url ?? '';
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(
      `<!doctype html><title>Test provider</title><form method="post" action="${path}">
<label>Account <input name="account" /></label><button>Continue</button></form>
<a href="${path}/cancel">Cancel</a>`,
    );
  }
}

process.stdin.on('end', () => process.exit()).resume();
process.stdout.write(`${issuer}\n`);
