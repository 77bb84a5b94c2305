// `node --import ./tools/trials/from-source.mjs tools/trials/kill-server.mjs --trials 200`: kills the built server under load
// at random moments and starts it again, on one tmux. Status 1 when anything that was acknowledged did not reach tmux
// exactly once, anything else reached it twice or out of order, the sign-in was lost, or the audit log does not verify.
import { execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify, TextDecoder } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { TmuxServer, waitFor } from '#testing';

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '20' },
    /** Inputs under way at once. */
    lanes: { type: 'string', default: '8' },
  },
});
const KILL_AFTER_MAX_MS = 500;
const ENTRY = fileURLToPath(new URL('../../dist/apps/server/src/cli/main.js', import.meta.url));

const tmux = await TmuxServer.start();
const stateDir = join(tmux.dir, 'state');
const typed = join(tmux.dir, 'typed');

/** @param {string} port */
async function startServer(port) {
  const flags = ['--port', port, '--state-dir', stateDir, '--socket-path', tmux.socketPath];
  const child = spawn(process.execPath, [ENTRY, 'server', ...flags, '--create-session', ''], {
    env: { ...tmux.env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    said += chunk;
    const link = /http:\S+#key=\S+/.exec(said)?.[0];
    if (link === undefined) continue;
    child.stdout.resume();
    return { child, url: new URL(link) };
  }
  throw new Error('the server ended early');
}

/** @param {URL} url @returns {Promise<string>} a cookie */
async function signIn(url) {
  const reply = await fetch(new URL('api/sign-in', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key: url.hash.replace('#key=', '') }),
  });
  return reply.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

/**
 * @param {URL} url
 * @param {Record<string, string>} headers
 * @returns {Promise<{ token: string, lastEventId: string }>} once there is a picture
 */
async function openStream(url, headers) {
  const response = await fetch(new URL('events?session=main', url), { headers });
  if (!response.ok) throw new Error(`events: ${response.status}`);
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body?.values({ preventCancel: true }) ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (/^event: snapshot\n(?:.+\n)*\n/m.test(text)) break;
  }
  return {
    token: /"sessionToken":"([0-9a-f]+)"/.exec(text)?.[1] ?? '',
    lastEventId: [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? '',
  };
}

/** @type {Set<string>} */
const acknowledged = new Set();
const sent = { count: 0 };

/**
 * Types until the server is killed in between.
 *
 * @param {Awaited<ReturnType<typeof startServer>>} server
 * @param {Record<string, string>} headers
 * @param {string} token
 * @param {number} trial
 */
async function typeUntilKilled({ child, url }, headers, token, trial) {
  let seq = 0;
  /** @type {Promise<unknown> | undefined} */
  let killed;
  const ended = once(child, 'exit');
  const lane = async () => {
    while (killed === undefined) {
      seq += 1;
      const name = `${trial}-${seq}`;
      const args = { pane: '%0', data: `${name}\r`, seq };
      sent.count += 1;
      const reply = await fetch(new URL('commands?session=main', url), {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json', 'X-Session-Token': token },
        body: JSON.stringify({ cmd: 'send-input', args }),
      }).catch(() => undefined);
      if (reply?.status === 200) acknowledged.add(name);
      // From the first answer on.
      killer ??= sleep(randomInt(KILL_AFTER_MAX_MS)).then(() => {
        killed = ended;
        child.kill('SIGKILL');
      });
    }
  };
  /** @type {Promise<void> | undefined} */
  let killer;
  await Promise.all(Array.from({ length: Number(values.lanes) }, lane));
  await ended;
}

/** @returns {Promise<string[]>} what is wrong, a line each */
async function problems() {
  const lines = async () => (await readFile(typed, 'utf8')).split('\n').slice(0, -1);
  await waitFor(
    async () => {
      const there = new Set(await lines());
      return [...acknowledged].every((name) => there.has(name));
    },
    { what: 'all that was acknowledged to be typed' },
  ).catch(() => undefined);
  const all = await lines();
  const there = new Set(all);
  const order = all.map((line) => line.split('-').map(Number));
  const unordered = order.filter(([trial = 0, seq = 0], at) => {
    const [trialBefore = 0, seqBefore = 0] = order[at - 1] ?? [];
    return trial < trialBefore || (trial === trialBefore && seq <= seqBefore);
  });
  const verify = [ENTRY, 'audit', 'verify', '--json', '--state-dir', stateDir];
  const { stdout } = await promisify(execFile)(process.execPath, verify).catch((error) => error);
  const { isIntact, records } = JSON.parse(stdout);
  const lost = [...acknowledged].filter((name) => !there.has(name));
  console.log(
    `${values.trials} kills: ${sent.count} inputs sent, ${acknowledged.size} acknowledged, ${all.length} typed; ${records} records`,
  );
  return [
    ...(lost.length > 0
      ? [`${lost.length} acknowledged inputs are lost: ${lost.slice(0, 5)}`]
      : []),
    ...(there.size < all.length ? [`${all.length - there.size} were typed twice`] : []),
    ...(unordered.length > 0 ? [`${unordered.length} were typed out of order`] : []),
    ...(isIntact === true ? [] : ['the audit log does not verify']),
    ...(acknowledged.size === 0 ? ['nothing was ever acknowledged'] : []),
  ];
}

try {
  await tmux.run('send-keys', '-t', '%0', `stty -echo; cat > ${typed}`, 'Enter');
  await waitFor(async () => (await readFile(typed, 'utf8')) === '', { what: 'cat' });
  const tmuxPid = await tmux.run('display-message', '-p', '#{pid}');
  let server = await startServer('0');
  const { port } = server.url;
  const cookie = await signIn(server.url);
  let lastEventId = '';
  for (let trial = 1; trial <= Number(values.trials); trial += 1) {
    const headers = { Cookie: cookie, 'Last-Event-ID': lastEventId };
    const stream = await openStream(server.url, headers);
    ({ lastEventId } = stream);
    await typeUntilKilled(server, headers, stream.token, trial);
    server = await startServer(port);
  }
  const ended = once(server.child, 'exit');
  server.child.kill('SIGTERM');
  const [code] = await ended;
  const left = [
    ...(await problems()),
    ...(code === 0 ? [] : [`the last server ended with ${code}`]),
    ...((await tmux.run('list-clients')) === '' ? [] : ['a control client is left']),
    ...((await tmux.run('display-message', '-p', '#{pid}')) === tmuxPid ? [] : ['tmux died']),
  ];
  for (const line of left) console.log(line);
  if (left.length === 0) console.log('each acknowledged input was typed once, none twice');
  process.exitCode = left.length === 0 ? 0 : 1;
} finally {
  await tmux.stop();
}
