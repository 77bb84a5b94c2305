import { waitFor } from '#testing';
import { AccessTokenEntity } from '../storage/entities.js';
import { Store } from '../storage/store.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import { TestClient } from '../testing/test-client.js';

const DAY_MS = 86_400_000;
const wall = Date.now;

describe('a clock that is set', () => {
  let server: ServerUnderTest;

  beforeEach(async () => {
    server = await ServerUnderTest.start();
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await server.stop();
  });

  /** Sets it, and lets the server read its database again. */
  async function step(ms: number): Promise<void> {
    jest.spyOn(Date, 'now').mockImplementation(() => wall() + ms);
    await server.clientOf({ name: 'somebody' });
  }

  it.each([DAY_MS, -DAY_MS])(
    '[N11] by %i ms signs nobody out, revives no token, and locks nobody out',
    async (ms) => {
      const client = await server.clientOf({ name: 'ana' });
      const stream = await client.open();
      const admin = await server.client();
      const made = await admin.post('api/tokens', { name: 'bot', role: 'viewer' });
      const { token, id } = made.body as { token: string; id: string };
      const bot = TestClient.withToken(server.running.url, token);
      expect((await bot.request('api/me')).status).toBe(200);
      await server.running.app
        .get(Store)
        .change((transaction) =>
          transaction.nativeUpdate(AccessTokenEntity, { id }, { expiresAt: wall() + 500 }),
        );
      await waitFor(async () => (await bot.request('api/me')).status === 401, {
        what: 'the token to run out',
      });

      await step(ms);
      expect((await client.request('api/me')).status).toBe(200);
      expect((await admin.request('api/me')).status).toBe(200);
      expect((await bot.request('api/me')).status).toBe(401);
      // Who signs in now is in, and is when the clock is right again.
      const late = await server.clientOf({ name: 'late' });
      expect((await late.request('api/me')).status).toBe(200);
      await step(0);
      expect((await late.request('api/me')).status).toBe(200);
      expect((await bot.request('api/me')).status).toBe(401);
      expect(stream.isEnded).toBe(false);
      stream.close();
    },
  );
});
