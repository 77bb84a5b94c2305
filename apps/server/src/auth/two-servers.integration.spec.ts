import type { RunningServer } from '../main.js';
import { waitFor } from '#testing';
import { RATE_LIMITS } from '../http/rate-limit/rate-limits.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import { TestClient } from '../testing/test-client.js';

let one: ServerUnderTest;
let other: RunningServer;

beforeEach(async () => {
  one = await ServerUnderTest.start();
  other = await ServerUnderTest.serve(one.tmux);
});

afterEach(async () => {
  await other.app.close();
  await one.stop();
});

/** @returns the statuses of so many wrong keys */
async function guess(url: string, times: number): Promise<readonly number[]> {
  const statuses: number[] = [];
  const client = new TestClient(url, {});
  for (let i = 0; i < times; i++) {
    statuses.push((await client.post('api/sign-in', { key: 'wrong' })).status);
  }
  return statuses;
}

describe('two servers with one store', () => {
  it('[J9] count guesses for themselves: there are as many times more as there are servers', async () => {
    const { limit } = RATE_LIMITS['sign-in'];
    expect((await guess(one.running.url, limit + 1)).at(-1)).toBe(429);
    const statuses = await guess(other.url, limit + 1);
    expect(statuses.slice(0, limit)).toEqual(Array.from({ length: limit }, () => 401));
    expect(statuses.at(-1)).toBe(429);
  });

  it('[J9] both end what one of them revoked', async () => {
    const admin = await one.client();
    const made = await admin.post('api/tokens', { name: 'bot', role: 'viewer', expiresInDays: 1 });
    expect(made.status).toBe(201);
    const { id, token } = made.body as { id: string; token: string };
    const streams = [
      await TestClient.withToken(one.running.url, token).open(),
      await TestClient.withToken(other.url, token).open(),
    ];
    expect((await admin.request(`api/tokens/${id}`, { method: 'DELETE' })).status).toBe(204);
    for (const stream of streams) {
      expect(await stream.next('fatal')).toMatchObject({ code: 'revoked' });
      await waitFor(() => stream.isEnded || undefined, { what: 'the end of the stream' });
    }
    for (const { url } of [one.running, other]) {
      expect((await TestClient.withToken(url, token).request('api/me')).status).toBe(401);
    }
  });
});
