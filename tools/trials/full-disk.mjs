// `node tools/trials/full-disk.mjs DIR`: fills the disk of DIR, which should be a small one of its own, with the audit
// log; frees some of it, and looks whether the log refused, recovered, and holds all that it acknowledged. Prints what
// was seen as JSON. With --limit the size of a file is what is limited, and the limit is lifted to free it.
import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    limit: { type: 'boolean', default: false },
    /** Runs the sources; needs `--import ./tools/trials/from-source.mjs`. */
    source: { type: 'boolean', default: false },
  },
});
const [dir = ''] = positionals;
const BALLAST_BYTES = 256 * 1024;
const ATTEMPTS_MAX = 5000;

/** @param {string} name of a module below `audit/log` @returns {Promise<Record<string, any>>} */
function load(name) {
  const folder = values.source ? '../../apps' : '../../dist/apps';
  const suffix = values.source ? 'ts' : 'js';
  return import(new URL(`${folder}/server/src/audit/log/${name}.${suffix}`, import.meta.url).href);
}

const { openAuditLog } = await load('open-audit-log');
const { verifyLog } = await load('verify-log');
const { readSigningKey, originOf } = await load('signing-key');

// A signal would end the process where the system wants to refuse only the write.
process.on('SIGXFSZ', () => undefined);
const ballast = join(dir, 'ballast');
if (!values.limit) await writeFile(ballast, Buffer.alloc(BALLAST_BYTES));
const signingKeyFile = join(dir, 'key.pem');
const log = await openAuditLog({
  dir: join(dir, 'log'),
  signingKeyFile,
  sync: 'group',
  segmentBytes: 16 * 1024 * 1024,
  keepDays: 0,
  stopFreeMiB: 0,
  checkpointSeconds: 3600,
  version: 'trial',
});
const actor = { name: 'ada', role: null, credential: 'cli', method: null, address: null };
/** @type {number[]} */
const acknowledged = [];

/** @param {number} count @returns {Promise<boolean>} whether it was recorded */
async function append(count) {
  try {
    const params = { count, text: 'x'.repeat(500) };
    acknowledged.push(await log.append({ action: 'trial', actor, params }, 'synced'));
    return true;
  } catch {
    return false; // That is what is looked for.
  }
}

let count = 0;
while (count < ATTEMPTS_MAX && (await append(count))) count += 1;
const { state, reason } = log.status;
if (values.limit) execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited']);
else await rm(ballast);
for (let tries = 0; tries < 100 && !(await append((count += 1))); tries += 1) await sleep(100);
const isRecording = log.status.state === 'recording';
await log.close();

const { key } = readSigningKey(signingKeyFile, originOf(hostname()));
const { isIntact } = verifyLog(join(dir, 'log'), key);
const names = (await readdir(join(dir, 'log'))).filter((name) => name.endsWith('.jsonl'));
const texts = await Promise.all(names.map((name) => readFile(join(dir, 'log', name), 'utf8')));
const there = new Set(
  texts.flatMap((text) =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).seq),
  ),
);
console.log(
  JSON.stringify({
    isFailing: state === 'failing',
    reason,
    isRecording,
    isIntact,
    acknowledged: acknowledged.length,
    missing: acknowledged.filter((seq) => !there.has(seq)).length,
  }),
);
