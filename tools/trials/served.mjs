import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/**
 * What a server has of the system at a moment.
 *
 * @typedef {object} InUse
 * @property {number} descriptors open files and sockets
 * @property {number} children processes
 * @property {Record<string, number>} resources what keeps Node's event loop busy, by kind
 */

/**
 * What it holds besides, after everything was collected that can be. To ask costs it seconds.
 *
 * @typedef {object} More
 * @property {number} heapBytes
 * @property {number} rssBytes
 * @property {Record<string, number>} objects of classes of which there is one for each viewer, connection or stream
 */

/** @typedef {InUse & More} Held */

/**
 * @typedef {object} Served
 * @property {number} port
 * @property {string} url
 * @property {() => Promise<InUse>} inUse
 * @property {() => Promise<Held>} measure
 * @property {(count: number) => Promise<string[]>} signIn Cookies of so many people
 * @property {(...args: string[]) => Promise<string>} tmux
 * @property {() => Promise<void>} stop
 */

/** @param {Record<string, string>} [flags] of `tmuxy server` @returns {Promise<Served>} */
export async function startServed(flags = {}) {
  const hook = fileURLToPath(new URL('from-source.mjs', import.meta.url));
  const program = fileURLToPath(new URL('serve.mjs', import.meta.url));
  const child = fork(program, [JSON.stringify(flags)], {
    execArgv: ['--import', hook, '--disable-warning=ExperimentalWarning'],
  });
  /** @type {Map<number, (answer: any) => void>} */
  const waiting = new Map();
  const gone = new Promise((_, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended (${code})`)));
  });
  gone.catch(() => undefined);
  child.on('message', (/** @type {{ id: number, answer: unknown }} */ { id, answer }) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  let last = 0;
  /** @param {string} name @param {unknown} [of] @returns {Promise<any>} */
  const ask = (name, of) => {
    last += 1;
    const id = last;
    const answered = new Promise((resolve) => waiting.set(id, resolve));
    child.send({ id, name, of });
    return Promise.race([answered, gone]);
  };
  const started = new Promise((resolve) => waiting.set(0, resolve));
  const { port, url } = await Promise.race([started, gone]);
  return {
    port,
    url,
    inUse: () => ask('inUse'),
    measure: () => ask('measure'),
    signIn: (count) => ask('signIn', count),
    tmux: (...args) => ask('tmux', args),
    stop: async () => {
      const ended = once(child, 'exit');
      child.send({ id: -1, name: 'stop' });
      await ended;
    },
  };
}

const MIB = 1024 * 1024;

/** @param {Held} held @returns {string} for people */
export function describeHeld({ heapBytes, rssBytes, descriptors, children, objects }) {
  const live = Object.entries(objects)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
  const [heap, rss] = [heapBytes, rssBytes].map((bytes) => (bytes / MIB).toFixed(1));
  return `heap ${heap} MiB, RSS ${rss} MiB, ${descriptors} descriptors, ${children} children; ${live}`;
}

/**
 * What is in use beyond `before`.
 *
 * @param {InUse} before
 * @param {InUse} now
 * @returns {string[]} a line each
 */
export function usedBeyond(before, now) {
  return [
    ...(now.descriptors > before.descriptors
      ? [`${now.descriptors - before.descriptors} descriptors`]
      : []),
    ...(now.children > before.children ? [`${now.children - before.children} children`] : []),
    ...Object.entries(now.resources)
      .filter(([name, count]) => count > (before.resources[name] ?? 0))
      .map(([name, count]) => `${name}: ${before.resources[name] ?? 0} before, ${count} now`),
  ];
}

/**
 * What is left over of `before`; nothing may be.
 *
 * @param {Held} before
 * @param {Held} after
 * @param {number} heapGrowthMax bytes
 * @returns {string[]} a line each
 */
export function leftOver(before, after, heapGrowthMax) {
  const grown = after.heapBytes - before.heapBytes;
  return [
    ...Object.entries(after.objects)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${count} ${name}`),
    ...usedBeyond(before, after),
    ...(grown > heapGrowthMax ? [`${grown} bytes of heap`] : []),
  ];
}

/** How long the server may take to see that somebody left. */
const SETTLE_MAX_MS = 20_000;
const SETTLE_PAUSE_MS = 100;

/** Waits until no more is in use than `idle`, and measures. @param {Served} server @param {InUse} idle */
export async function settle(server, idle) {
  const until = performance.now() + SETTLE_MAX_MS;
  while (usedBeyond(idle, await server.inUse()).length > 0 && performance.now() < until) {
    await sleep(SETTLE_PAUSE_MS);
  }
  return server.measure();
}
