import { randomBytes } from 'node:crypto';
import type { ErrorView } from '#dto';
import { ServerUnderTest } from '../testing/server-under-test.js';
import { TestClient } from '../testing/test-client.js';

const GUESSES = 1_000;
/** Requests under way at once. */
const LANES = 10;

let server: ServerUnderTest;

beforeAll(async () => {
  server = await ServerUnderTest.start();
});

afterAll(() => server.stop());

/** @returns how often each answer came */
async function guess(
  ask: (secret: string) => Promise<{ readonly status: number; readonly body: unknown }>,
): Promise<Readonly<Record<string, number>>> {
  const answers: Record<string, number> = {};
  let left = GUESSES;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { status, body } = await ask(randomBytes(16).toString('hex'));
      const { code, message } = body as ErrorView;
      // Whatever was guessed, the answer is the same to the letter; a wait is told in seconds.
      const answer = status === 429 ? '429' : `${status} ${code} ${message}`;
      answers[answer] = (answers[answer] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return answers;
}

describe('a thousand guesses', () => {
  it('at session tokens are answered alike, and leave the right one alone', async () => {
    const client = await server.clientOf();
    const stream = await client.open();
    const resync = { cmd: 'resync', args: {} };
    const answers = await guess((secret) =>
      client.post('commands?session=main', resync, { 'X-Session-Token': secret }),
    );
    expect(Object.values(answers)).toEqual([GUESSES]);
    expect(Object.keys(answers)[0]).toMatch(/^401 session-token-invalid /);
    expect((await client.command(stream, 'resync', {})).status).toBe(200);
    stream.close();
  }, 120_000);

  it('at sign-in keys and access tokens are refused ever sooner, and lock nobody out who is in', async () => {
    const inside = await server.clientOf();
    const nobody = new TestClient(server.running.url, {});
    const keys = await guess((key) => nobody.post('api/sign-in', { key }));
    const tokens = await guess((secret) =>
      TestClient.withToken(server.running.url, `tmuxy_${secret}`).request('api/me'),
    );
    for (const answers of [keys, tokens]) {
      expect(Object.keys(answers).filter((answer) => !/^(401|429)/.test(answer))).toEqual([]);
      expect(answers['429']).toBeGreaterThan(GUESSES * 0.9);
    }
    expect((await inside.request('api/me')).status).toBe(200);
  }, 120_000);
});
