// The real server beside a tmux of its own, in a process of its own, for trials that look at what it holds. Started by
// `startServed`; answers messages of its parent, and ends with it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { queryObjects, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const SOURCE = new URL('../../apps/server/src/', import.meta.url);

/**
 * Parts of which there is one for each viewer, connection or stream, by the module that has them. Few: to look for
 * one stops the server for a second.
 */
const PARTS = {
  ViewerQueue: 'events/viewer-queue',
  InputSequence: 'tokens/input-sequence',
  ControlClient: 'tmux/control-client',
};

/** @param {string} name of a module of the server @returns {Promise<Record<string, any>>} */
const load = (name) => import(new URL(`${name}.ts`, SOURCE).href);

/** @type {Record<string, string>} */
const flags = JSON.parse(process.argv[2] ?? '{}');
setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collect = runInNewContext('gc');

const { TmuxServer } = await import('#testing');
const { loadConfig } = await load('config/load-config');
const { startServer } = await load('main');
const { SignInsService } = await load('auth/sign-ins.service');
const { cookieName } = await load('auth/sign-in-cookie');
/** @type {Record<string, new () => object>} */
const classes = {};
for (const [name, module] of Object.entries(PARTS)) classes[name] = (await load(module))[name];

const tmux = await TmuxServer.start();
const config = loadConfig({
  env: {},
  homeDir: tmux.dir,
  isTerminal: false,
  flags: {
    port: '0',
    logLevel: 'silent',
    stateDir: join(tmux.dir, 'state'),
    socketPath: tmux.socketPath,
    graceMs: '0',
    ...flags,
  },
});
const running = await startServer(config, join(tmux.dir, 'no-web'));

/** Signs so many people in. @param {number} count @returns {Promise<string[]>} their cookies */
async function signIn(count) {
  const name = cookieName({ secure: false, port: running.port, basePath: '/' });
  const who = { role: 'operator', readOnly: false, method: 'password', address: '', userAgent: '' };
  const cookies = [];
  for (let at = 0; at < count; at += 1) {
    const { secret } = await running.app.get(SignInsService).create({ ...who, name: `p${at}` });
    cookies.push(`${name}=${secret}`);
  }
  return cookies;
}

/** @returns {import('./served.mjs').InUse} */
function inUse() {
  /** @type {Record<string, number>} */
  const resources = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    children: readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').length - 1,
    resources,
  };
}

/** @returns {import('./served.mjs').Held} */
function measure() {
  const objects = Object.fromEntries(
    Object.entries(classes).map(([name, one]) => [name, Number(queryObjects(one))]),
  );
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  return { ...inUse(), heapBytes: heapUsed, rssBytes: rss, objects };
}

/** @type {Record<string, (of: any) => unknown>} */
const answers = {
  inUse,
  measure,
  signIn,
  tmux: (/** @type {string[]} */ args) => tmux.run(...args),
};

async function stop() {
  await running.app.close();
  await tmux.stop();
  process.disconnect();
}

process.on('disconnect', () => process.exit());
process.on('message', async (/** @type {{ id: number, name: string, of: unknown }} */ message) => {
  const { id, name, of } = message;
  if (name === 'stop') return void (await stop());
  process.send?.({ id, answer: await answers[name]?.(of) });
});
process.send?.({ id: 0, answer: { port: running.port, url: running.url } });
