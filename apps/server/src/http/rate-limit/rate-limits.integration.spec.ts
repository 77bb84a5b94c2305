import { request } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OneTimeKeysService } from '../../auth/one-time-keys.service.js';
import type { RunningServer } from '../../main.js';
import { startAlone } from '../../testing/start-alone.js';
import { ALL_SIGN_INS_LIMIT, RATE_LIMITS } from './rate-limits.js';

let dir: string;
let server: RunningServer;

async function start(flags: Record<string, string> = {}): Promise<void> {
  server = await startAlone(dir, { flags });
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-limits-'));
});

afterEach(async () => {
  await server.app.close();
  rmSync(dir, { recursive: true });
});

function guess(key: string, from?: string): Promise<Response> {
  return fetch(new URL('api/sign-in', server.url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(from === undefined ? {} : { 'x-forwarded-for': from }),
    },
    body: JSON.stringify({ key }),
  });
}

/** Statuses of guesses from these addresses, one after the other. */
async function guesses(addresses: readonly string[]): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (const from of addresses) statuses.push((await guess('wrong', from)).status);
  return statuses;
}

async function signIn(): Promise<string> {
  const key = server.app.get(OneTimeKeysService).issueLinkKey();
  return (await guess(key)).headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

const { limit } = RATE_LIMITS['sign-in'];

describe('guessing', () => {
  it('[J1] is no faster with a made-up X-Forwarded-For', async () => {
    await start();
    const forged = Array.from({ length: limit + 1 }, (_, i) => `192.0.2.${String(i)}`);
    const statuses = await guesses(forged);
    expect(statuses.slice(0, limit)).toEqual(Array.from({ length: limit }, () => 401));
    expect(statuses.at(-1)).toBe(429);
  });

  it('[J1] [J5] counts what a listed proxy says, and the proxy where it makes no sense', async () => {
    await start({ trustedProxies: '127.0.0.1,::1' });
    const honest = Array.from({ length: limit + 1 }, (_, i) => `6.6.6.${String(i)}, 192.0.2.7`);
    expect((await guesses(honest)).at(-1)).toBe(429);
    expect(await guesses(['192.0.2.8'])).toEqual([401]);
    const nonsense = Array.from({ length: limit + 1 }, (_, i) => `unknown${String(i)}`);
    expect((await guesses(nonsense)).at(-1)).toBe(429);
  });

  it('[J7] is no faster with all addresses of an IPv6 network', async () => {
    await start({ trustedProxies: '127.0.0.1' });
    const one = Array.from({ length: limit + 1 }, (_, i) => `2001:db8:0:1:${String(i)}::1`);
    expect((await guesses(one)).at(-1)).toBe(429);
    expect(await guesses(['2001:db8:0:2::1'])).toEqual([401]);
  });

  it('[J11] from everywhere at once is slow in all, and whoever is signed in goes on', async () => {
    await start({ trustedProxies: '127.0.0.1' });
    const cookie = await signIn();
    const addresses = Array.from(
      { length: ALL_SIGN_INS_LIMIT.limit * 2 },
      (_, i) => `198.51.${String(i >> 8)}.${String(i & 255)}`,
    );
    const answers = await Promise.all(addresses.map((from) => guess('wrong', from)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(ALL_SIGN_INS_LIMIT.limit);
    for (const { headers } of refused)
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    const me = await fetch(new URL('api/me', server.url), { headers: { cookie } });
    expect(me.status).toBe(200);
  });
});

describe('streams', () => {
  it('[J15] are opened only so often', async () => {
    await start();
    const cookie = await signIn();
    const open = (): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        request(new URL('events?session=none', server.url), { headers: { cookie } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    const statuses: (number | undefined)[] = [];
    for (let i = 0; i <= RATE_LIMITS.events.limit; i++) statuses.push(await open());
    expect(statuses.slice(0, -1)).not.toContain(429);
    expect(statuses.at(-1)).toBe(429);
  });
});
