// `node --import ./tools/trials/from-source.mjs tools/trials/connects.mjs --connects 10000`: opens and drops event streams,
// many at once and at every stage of their opening, and looks what the server still holds then. Status 1 when anything.
import { randomInt } from 'node:crypto';
import { request } from 'node:http';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeHeld, leftOver, settle, startServed } from './served.mjs';

const { values } = parseArgs({
  options: {
    connects: { type: 'string', default: '1000' },
    /** Streams under way at once. */
    lanes: { type: 'string', default: '20' },
  },
});

/** Connects before the first measurement: what is compiled, cached and pooled is no leak. */
const WARM_UP = 60;
/** Of anything that is left of each of 10,000 connects, 800 bytes are found. */
const HEAP_GROWTH_MAX = 8 * 1024 * 1024;
/** Below what one credential and one address may open in a minute. */
const PER_CREDENTIAL = 100;
const PER_ADDRESS = 1000;
/** When a client goes: at once, with the answer's head, with the first event, with the picture. */
const STAGES = /** @type {const} */ (['sent', 'answered', 'named', 'shown']);

/** @typedef {{ sent: number, answered: number, named: number, shown: number, refused: number }} Seen */

/**
 * @param {string} url
 * @param {string} cookie
 * @param {string} localAddress
 * @param {typeof STAGES[number]} stage
 * @returns {Promise<keyof Seen>} where it was when it went
 */
function connect(url, cookie, localAddress, stage) {
  return new Promise((resolve) => {
    const target = new URL('events?session=main', url);
    const sent = request(target, { headers: { cookie }, localAddress, agent: false });
    /** @param {keyof Seen} at */
    const leave = (at) => {
      sent.destroy();
      resolve(at);
    };
    sent.on('error', () => resolve('refused'));
    sent.on('response', (response) => {
      if (response.statusCode !== 200) return leave('refused');
      if (stage === 'answered') return leave(stage);
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
        if (stage === 'named' && text.includes('event: connection-info')) leave(stage);
        if (text.includes('event: snapshot')) leave('shown');
      });
      response.on('error', () => undefined);
      response.on('close', () => resolve('refused'));
    });
    sent.end();
    if (stage === 'sent') {
      sent.once('socket', (socket) => {
        socket.once('connect', () => void sleep(randomInt(30)).then(() => leave(stage)));
      });
    }
  });
}

/**
 * @param {import('./served.mjs').Served} server
 * @param {number} from
 * @param {number} count
 * @param {string[]} cookies
 */
async function connectAll({ url }, from, count, cookies) {
  /** @type {Seen} */
  const seen = { sent: 0, answered: 0, named: 0, shown: 0, refused: 0 };
  let next = from;
  const lane = async () => {
    while (next < from + count) {
      const at = next;
      next += 1;
      const cookie = cookies[Math.floor(at / PER_CREDENTIAL)] ?? '';
      const address = `127.0.0.${1 + Math.floor(at / PER_ADDRESS)}`;
      const stage = STAGES[at % STAGES.length] ?? 'shown';
      seen[await connect(url, cookie, address, stage)] += 1;
    }
  };
  await Promise.all(Array.from({ length: Number(values.lanes) }, lane));
  return seen;
}

const connects = Number(values.connects);
const server = await startServed();
try {
  const idle = await server.inUse();
  const cookies = await server.signIn(Math.ceil((connects + WARM_UP) / PER_CREDENTIAL));
  await connectAll(server, 0, WARM_UP, cookies);
  const before = await settle(server, idle);
  const seen = await connectAll(server, WARM_UP, connects, cookies);
  const after = await settle(server, before);
  const clients = await server.tmux('list-clients');
  const left = [
    ...leftOver(before, after, HEAP_GROWTH_MAX),
    ...(clients === '' ? [] : [`clients of tmux:\n${clients}`]),
  ];
  if (seen.shown + seen.named === 0) left.push('no stream was ever opened');
  console.log(`${connects} connects: ${JSON.stringify(seen)}`);
  console.log(`before: ${describeHeld(before)}\nafter:  ${describeHeld(after)}`);
  for (const line of left) console.log(`left over: ${line}`);
  if (left.length === 0) console.log('nothing is left over');
  process.exitCode = left.length === 0 ? 0 : 1;
} finally {
  await server.stop();
}
