import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Installation } from './fixtures/installation.ts';
import { expect, test } from './fixtures/test.ts';
import { RawClient } from './fixtures/raw-client.ts';

test.use({ storageState: { cookies: [], origins: [] } });

const PASSWORD = 'correct horse battery staple';

/** All bytes of all files below a directory. */
async function contentOf(dir: string): Promise<string> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map((file) => readFile(join(file.parentPath, file.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}

test('[B11] no secret is in a log, a file, an address, the page or its storage', async ({
  page,
}) => {
  const installation = await Installation.start(['--log-level', 'trace', '--log-format', 'json']);
  const { tmux, server } = installation;
  try {
    const { url, link } = server;
    await server.user(['add', 'ana', '--role', 'operator', '--password-stdin'], PASSWORD);
    const secrets = new Map<string, string>([
      ['start-up key', link.replace(/.*#key=/, '')],
      ['password', PASSWORD],
    ]);

    // A browser by link, watching and typing.
    await page.goto(link);
    await expect(page.getByTestId('sessions')).toBeVisible();
    const connected = page.waitForRequest((request) => request.url().includes('/commands?'));
    await page.goto(`${url}s/main`);
    const sent = await connected;
    secrets.set('session token', sent.headers()['x-session-token'] ?? '');
    const [cookie] = await page.context().cookies();
    secrets.set('cookie', cookie?.value ?? '');

    // Programs: a password, an access token, wrong ones of each kind, and bodies that are no JSON.
    const key = (await server.freshLink()).replace(/.*#key=/, '');
    secrets.set('fresh key', key);
    const program = await RawClient.signIn(url, `x#key=${key}`);
    const made = await program.send('POST', 'api/tokens', { body: '{"name":"bot"}' });
    const { token } = (await made.json()) as { token: string };
    secrets.set('access token', token);
    const wrongToken = token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    secrets.set('wrong token', wrongToken);
    const stranger = new RawClient(url);
    const basic = Buffer.from(`ana:${PASSWORD}`).toString('base64');
    secrets.set('Basic', basic);
    const answers = [
      await stranger.send('GET', 'api/me', { headers: { Authorization: `Bearer ${token}` } }),
      await stranger.send('GET', 'api/me', { headers: { Authorization: `Bearer ${wrongToken}` } }),
      await stranger.send('GET', 'api/me', { headers: { Authorization: `Basic ${basic}` } }),
      await stranger.send('GET', 'api/me', { headers: { Authorization: `Basic ${basic}x` } }),
      await stranger.send('POST', 'api/sign-in', {
        body: JSON.stringify({ username: 'ana', password: PASSWORD }),
      }),
      await stranger.send('POST', 'api/sign-in', { body: `{"key":"${key}"` }),
      await stranger.send('POST', 'api/sign-in', { body: `{"key":"${key}","more":1}` }),
      await stranger.send('GET', `api/me?token=${token}`),
      await program.command('main', wrongToken, { cmd: 'resync', args: {} }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([
      200, 401, 200, 401, 204, 400, 400, 401, 401,
    ]);
    const bodies = await Promise.all(answers.map((answer) => answer.text()));

    const places = new Map([
      ['the log', server.log],
      ['files', await contentOf(server.dir)],
      ['answers', bodies.join('\n')],
      ['the address', page.url()],
      ['the page', await page.content()],
      [
        'its storage',
        await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])),
      ],
      ['tmux', await tmux.run('show-messages').catch(() => '')],
    ]);
    expect(server.log.length).toBeGreaterThan(1000);
    for (const [kind, secret] of secrets) {
      expect(secret.length, kind).toBeGreaterThan(15);
      for (const [place, text] of places) {
        expect(text.includes(secret), `${kind} in ${place}`).toBe(false);
      }
    }
  } finally {
    await installation.stop();
  }
});
