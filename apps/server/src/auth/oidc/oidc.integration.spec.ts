import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SignInsView } from '#dto';
import { OidcProvider, type OidcProviderSetUp, tempDir, type TempDir } from '#testing';
import type { RunningServer } from '../../main.js';
import { auditRecords } from '../../testing/audit-records.js';
import { startAlone } from '../../testing/start-alone.js';
import { TestBrowser, type TestPage } from '../../testing/test-browser.js';
import { OIDC_FLOW_MS } from './oidc-flows.js';

const SET_UP: OidcProviderSetUp = {
  clientId: 'tmuxy',
  clientSecret: 'a secret & more',
  redirectUris: [
    'http://127.0.0.1/api/sign-in/oidc/callback',
    'http://127.0.0.1/tmux/api/sign-in/oidc/callback',
  ],
  accounts: {
    'id-ana': { preferred_username: 'ana', groups: ['staff', 'ops'] },
    'id-bob': { email: 'bob@example.com', email_verified: true, groups: ['staff'] },
    'id-other-ana': { preferred_username: 'ana', groups: ['staff'] },
    'id-eve': { preferred_username: 'eve', groups: ['guests'] },
  },
};
const GROUPS = [
  { group: 'ops', role: 'operator', sessions: ['ops-*'] },
  { group: 'staff', role: 'viewer' },
];

let dir: TempDir;
let provider: OidcProvider;
const servers: RunningServer[] = [];

beforeAll(async () => {
  provider = await OidcProvider.start(SET_UP);
});

afterAll(() => provider.stop());

beforeEach(async () => {
  dir = await tempDir('tmuxy-oidc-');
});

afterEach(async () => {
  jest.restoreAllMocks();
  for (const { app } of servers.splice(0)) await app.close();
  await dir.remove();
});

async function start({
  oidc = {},
  flags = {},
}: {
  oidc?: Record<string, unknown>;
  flags?: Record<string, string>;
} = {}): Promise<RunningServer> {
  writeFileSync(join(dir.path, 'secret'), `${SET_UP.clientSecret ?? ''}\n`, { mode: 0o600 });
  const section = {
    issuer: provider.issuer,
    clientId: SET_UP.clientId,
    clientSecretFile: join(dir.path, 'secret'),
    label: 'Example',
    scopes: ['openid', 'profile', 'email', 'groups'],
    ...oidc,
  };
  const file = join(dir.path, 'tmuxy.yaml');
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ oidc: section, groups: GROUPS }), { mode: 0o600 });
  const server = await startAlone(dir.path, { file, flags });
  servers.push(server);
  return server;
}

/** Begins and goes on until the provider asks for an account. */
function begin({ url }: RunningServer, browser: TestBrowser, returnTo?: string): Promise<TestPage> {
  const query = returnTo === undefined ? '' : `?returnTo=${encodeURIComponent(returnTo)}`;
  return browser.visit(new URL(`api/sign-in/oidc${query}`, url));
}

/** Names the account at the provider. @returns where that leads back to, not asked for yet */
async function answer(page: TestPage, browser: TestBrowser, account: string): Promise<URL> {
  expect(page.url.origin).toBe(provider.issuer);
  const form = { method: 'POST', body: new URLSearchParams({ account }) };
  const isBack = (url: URL): boolean => url.origin !== provider.issuer;
  return (await browser.visit(page.url, isBack, form)).url;
}

/** All the way. @returns where our server sends the browser in the end */
async function signIn(
  server: RunningServer,
  browser: TestBrowser,
  account: string,
  returnTo?: string,
): Promise<string | null> {
  const callback = await answer(await begin(server, browser, returnTo), browser, account);
  const reply = await browser.ask(callback, {}, true);
  expect(reply.status).toBe(303);
  return reply.headers.get('location');
}

async function me({ url }: RunningServer, browser: TestBrowser): Promise<unknown> {
  const reply = await browser.ask(new URL('api/me', url));
  return reply.status === 200 ? JSON.parse(reply.text) : reply.status;
}

it('is offered to the sign-in page', async () => {
  const server = await start();
  const reply = await fetch(new URL('api/sign-in', server.url));
  expect(await reply.json()).toEqual({ password: false, oidc: { label: 'Example' } });
});

it('signs in with the role of the groups, and goes where the person wanted to', async () => {
  const server = await start();
  const browser = new TestBrowser();
  expect(await signIn(server, browser, 'id-ana', '/s/ops-1?pane=%252')).toBe('/s/ops-1?pane=%252');
  expect(await me(server, browser)).toEqual({ name: 'ana', role: 'operator', readOnly: false });
  const list = await browser.ask(new URL('api/sign-ins', server.url));
  expect(JSON.parse(list.text)).toMatchObject({ signIns: [{ name: 'ana', method: 'oidc' }] });
});

it('tells people of one name apart by their subject', async () => {
  const server = await start();
  const [ana, other] = [new TestBrowser(), new TestBrowser()];
  await signIn(server, ana, 'id-ana');
  await signIn(server, other, 'id-other-ana');
  const list = await other.ask(new URL('api/sign-ins', server.url));
  expect((JSON.parse(list.text) as SignInsView).signIns).toHaveLength(1);
  await other.ask(new URL('api/sign-ins', server.url), { method: 'DELETE' });
  expect(await me(server, other)).toBe(401);
  expect(await me(server, ana)).toMatchObject({ name: 'ana', role: 'operator' });
});

it('asks with PKCE, state and nonce, and ties the way to the browser', async () => {
  const server = await start();
  const reply = await new TestBrowser().ask(new URL('api/sign-in/oidc', server.url));
  expect(reply.status).toBe(302);
  const { origin, searchParams } = new URL(reply.headers.get('location') ?? '');
  expect(origin).toBe(provider.issuer);
  const { state, nonce, code_challenge: challenge, ...asked } = Object.fromEntries(searchParams);
  for (const secret of [state, nonce, challenge]) expect(secret).toMatch(/^[\w-]{43}$/);
  expect(asked).toEqual({
    client_id: 'tmuxy',
    response_type: 'code',
    redirect_uri: `${server.url}api/sign-in/oidc/callback`,
    scope: 'openid profile email groups',
    code_challenge_method: 'S256',
  });
  expect(reply.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax$/);
});

it('works below a base path', async () => {
  const server = await start({ flags: { basePath: '/tmux' } });
  const browser = new TestBrowser();
  expect(await signIn(server, browser, 'id-bob', '/tmux/s/work')).toBe('/tmux/s/work');
  expect(await me(server, browser)).toMatchObject({ name: 'bob@example.com', role: 'viewer' });
});

it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  '[A15] leads to our first page when %j was asked for',
  async (returnTo) => {
    const server = await start();
    expect(await signIn(server, new TestBrowser(), 'id-ana', returnTo)).toBe('/');
  },
);

it('[A15] refuses a return path that is given twice', async () => {
  const server = await start();
  const reply = await fetch(new URL('api/sign-in/oidc?returnTo=/&returnTo=//evil', server.url));
  expect(reply.status).toBe(400);
});

it('signs nobody in whose groups have no role', async () => {
  const server = await start();
  const browser = new TestBrowser();
  expect(await signIn(server, browser, 'id-eve', '/s/work')).toBe(
    '/sign-in?error=oidc-no-role&next=%2Fs%2Fwork',
  );
  expect(await me(server, browser)).toBe(401);
});

it('says that the person said no', async () => {
  const server = await start();
  const browser = new TestBrowser();
  const page = await begin(server, browser);
  const isBack = (url: URL): boolean => url.origin !== provider.issuer;
  const { url } = await browser.visit(`${page.url.href}/cancel`, isBack);
  const reply = await browser.ask(url);
  expect(reply.headers.get('location')).toBe('/sign-in?error=oidc-denied');
  expect(await me(server, browser)).toBe(401);
});

it('takes an answer once', async () => {
  const server = await start();
  const browser = new TestBrowser();
  const callback = await answer(await begin(server, browser), browser, 'id-ana');
  expect((await browser.ask(callback)).headers.get('location')).toBe('/');
  const again = await browser.ask(callback);
  expect(again.headers.get('location')).toBe('/sign-in?error=oidc-expired');
  expect(again.headers.getSetCookie()).toEqual([]);
});

it("takes no answer in a browser that has not begun it, nor with another's state", async () => {
  const server = await start();
  const attacker = new TestBrowser();
  const callback = await answer(await begin(server, attacker), attacker, 'id-ana');
  const victim = new TestBrowser();
  await begin(server, victim);
  expect((await victim.ask(callback)).headers.get('location')).toBe('/sign-in?error=oidc-expired');
  for (const state of ['', 'x'.repeat(43)]) {
    const forged = new URL(callback);
    forged.searchParams.set('state', state);
    const reply = await attacker.ask(forged);
    expect(reply.headers.get('location')).toBe('/sign-in?error=oidc-expired');
  }
  const doubled = await attacker.ask(`${callback.href}&state=x`);
  expect(doubled.headers.get('location')).toBe('/sign-in?error=oidc-expired');
  expect(await me(server, victim)).toBe(401);
  expect(await me(server, attacker)).toBe(401);
});

it("takes no code of another's way into one's own: PKCE and nonce do not fit", async () => {
  const server = await start();
  const attacker = new TestBrowser();
  const foreign = await answer(await begin(server, attacker), attacker, 'id-ana');
  const victim = new TestBrowser();
  const own = await answer(await begin(server, victim), victim, 'id-bob');
  own.searchParams.set('code', foreign.searchParams.get('code') ?? '');
  expect((await victim.ask(own)).headers.get('location')).toBe('/sign-in?error=oidc-failed');
  expect(await me(server, victim)).toBe(401);
});

it('takes no ID token with another nonce', async () => {
  const server = await start();
  const browser = new TestBrowser();
  const first = await browser.ask(new URL('api/sign-in/oidc', server.url));
  const address = new URL(first.headers.get('location') ?? '');
  address.searchParams.set('nonce', 'another');
  const callback = await answer(await browser.visit(address), browser, 'id-ana');
  expect((await browser.ask(callback)).headers.get('location')).toBe('/sign-in?error=oidc-failed');
  expect(await me(server, browser)).toBe(401);
});

it('takes no answer that comes too late', async () => {
  const server = await start();
  const browser = new TestBrowser();
  const callback = await answer(await begin(server, browser), browser, 'id-ana');
  const late = Date.now() + OIDC_FLOW_MS;
  jest.spyOn(Date, 'now').mockReturnValue(late);
  expect((await browser.ask(callback)).headers.get('location')).toBe('/sign-in?error=oidc-expired');
  jest.restoreAllMocks();
  expect(await me(server, browser)).toBe(401);
});

it('ends the sign-in that the browser had before', async () => {
  const server = await start();
  const browser = new TestBrowser();
  await signIn(server, browser, 'id-bob');
  const before = await browser.ask(new URL('api/sign-ins', server.url));
  expect(JSON.parse(before.text)).toMatchObject({ signIns: [{ name: 'bob@example.com' }] });
  // The provider knows the browser by now and asks for nothing.
  const callback = await browser.visit(new URL('api/sign-in/oidc', server.url), ({ pathname }) =>
    pathname.endsWith('/callback'),
  );
  const reply = await browser.ask(callback.url, {}, true);
  expect(reply.headers.get('location')).toBe('/');
  const after = await browser.ask(new URL('api/sign-ins', server.url));
  const { signIns } = JSON.parse(after.text) as SignInsView;
  expect(signIns).toHaveLength(1);
});

it('says in the page that the provider is away, and tries again with the next sign-in', async () => {
  const own = await OidcProvider.start(SET_UP);
  const server = await start({ oidc: { issuer: own.issuer } });
  await own.stop();
  const browser = new TestBrowser();
  const away = await browser.ask(new URL('api/sign-in/oidc?returnTo=/s/work', server.url));
  expect(away.status).toBe(302);
  expect(away.headers.get('location')).toBe('/sign-in?error=oidc-failed&next=%2Fs%2Fwork');
  const back = await OidcProvider.start({ ...SET_UP, port: own.port });
  try {
    expect((await begin(server, browser)).url.origin).toBe(own.issuer);
  } finally {
    await back.stop();
  }
});

it('takes a public client, and claims that only the user info has', async () => {
  const { clientSecret: _, ...publicClient } = SET_UP;
  const own = await OidcProvider.start({ ...publicClient, claimsIn: 'userinfo' });
  const former = provider;
  provider = own;
  try {
    const server = await start({ oidc: { clientSecretFile: undefined } });
    const browser = new TestBrowser();
    expect(await signIn(server, browser, 'id-ana')).toBe('/');
    expect(await me(server, browser)).toMatchObject({ name: 'ana', role: 'operator' });
  } finally {
    provider = former;
    await own.stop();
  }
});

it('sends the secret as the provider wants it', async () => {
  const own = await OidcProvider.start({
    ...SET_UP,
    clientAuthentication: 'client_secret_post',
  });
  const former = provider;
  provider = own;
  try {
    const server = await start();
    expect(await signIn(server, new TestBrowser(), 'id-ana')).toBe('/');
  } finally {
    provider = former;
    await own.stop();
  }
});

it('[K23] records a sign-in, and only counts a flood of answers that belong to none', async () => {
  const server = await start();
  const browser = new TestBrowser();
  await signIn(server, browser, 'id-ana');
  const callback = new URL('api/sign-in/oidc/callback?state=x&code=y', server.url);
  for (let at = 0; at < 30; at += 1) {
    const reply = await fetch(callback, { redirect: 'manual' });
    expect(reply.headers.get('location')).toBe('/sign-in?error=oidc-expired');
  }
  await server.app.close();
  const records = auditRecords(join(dir.path, 'state'));
  expect(records.filter(({ action }) => action === 'sign-in')).toMatchObject([
    { params: { method: 'oidc' } },
    { outcome: 'ok', actor: { name: 'ana' } },
  ]);
  const refused = records.filter(({ action }) => action === 'request.refused');
  expect(refused).toHaveLength(11);
  expect(refused[0]).toMatchObject({
    decision: 'denied',
    target: { path: '/api/sign-in/oidc/callback' },
    params: { status: 303 },
    reason: expect.stringContaining('oidc-expired') as string,
  });
  expect(refused.at(-1)).toMatchObject({ params: { repeated: 20 } });
});

it('is not there when none is set up', async () => {
  const server = await startAlone(dir.path);
  servers.push(server);
  for (const path of ['api/sign-in/oidc', 'api/sign-in/oidc/callback?state=x&code=y']) {
    expect((await fetch(new URL(path, server.url), { redirect: 'manual' })).status).toBe(404);
  }
  const offered = await fetch(new URL('api/sign-in', server.url));
  expect(await offered.json()).toEqual({ password: false, oidc: null });
});
