// `node tools/trials/kill-writer.mjs --trials 1000`: kills writers of the audit log under load, and looks at what is
// left. A trial is one writer, killed at a random moment; several share a log, so that what one leaves the next goes
// on with. Status 1 when anything that was acknowledged is missing, or the log does not verify.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '100' },
    /** Trials after which a new log is begun, so that verifying stays cheap. */
    'per-log': { type: 'string', default: '10' },
    /** Writers at the same time, all killed. */
    writers: { type: 'string', default: '1' },
    /** Runs the sources; needs `--import ./tools/trials/from-source.mjs`. */
    source: { type: 'boolean', default: false },
    /** Used by this program itself: be the writer. */
    write: { type: 'string' },
  },
});

const SETTINGS = {
  sync: /** @type {const} */ ('group'),
  // Small, so that writers are killed while they change segments too.
  segmentBytes: 64 * 1024,
  keepDays: 0,
  stopFreeMiB: 0,
  checkpointSeconds: 1,
  version: 'trial',
};
const APPENDERS = 16;
const KILL_AFTER_MAX_MS = 120;

/** @param {string} name of a module below `audit/log` @returns {Promise<Record<string, any>>} */
function load(name) {
  const folder = values.source ? '../../apps' : '../../dist/apps';
  const suffix = values.source ? 'ts' : 'js';
  return import(new URL(`${folder}/server/src/audit/log/${name}.${suffix}`, import.meta.url).href);
}

/** @param {string} dir */
const options = (dir) => ({
  ...SETTINGS,
  dir: join(dir, 'log'),
  signingKeyFile: join(dir, 'key.pem'),
});

/** @param {string} name */
const actorOf = (name) => ({ name, role: null, credential: 'cli', method: null, address: null });

/** Appends until it is killed; prints each `seq` as soon as it is acknowledged. @param {string} dir */
async function write(dir) {
  const { openAuditLog } = await load('open-audit-log');
  const log = await openAuditLog(options(dir));
  const { writeSync } = await import('node:fs');
  writeSync(1, 'open\n');
  await Promise.all(
    Array.from({ length: APPENDERS }, async (_, index) => {
      const text = 'x'.repeat(randomInt(400));
      for (let count = 0; ; count += 1) {
        const params = { name: `${process.pid}-${index}-${count}`, text };
        const entry = { action: 'trial', actor: actorOf('trial'), params };
        const seq = await log.append(entry, index % 2 === 0 ? 'synced' : 'written');
        writeSync(1, `${seq} ${params.name}\n`);
      }
    }),
  );
}

/** @param {string} dir @returns {Promise<readonly string[]>} what one killed writer had acknowledged */
async function kill(dir) {
  const self = fileURLToPath(import.meta.url);
  const args = [...process.execArgv, self, '--write', dir, ...(values.source ? ['--source'] : [])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let said = '';
  let isOpen = false;
  child.stdout.on('data', (chunk) => {
    said += chunk;
    if (isOpen) return;
    isOpen = true;
    void sleep(randomInt(KILL_AFTER_MAX_MS)).then(() => child.kill('SIGKILL'));
  });
  await ended;
  if (child.exitCode !== null) throw new Error('a writer ended by itself');
  // Its last line may be cut off.
  return said.split('\n').slice(1, -1);
}

/** @param {string} dir @param {readonly string[]} acknowledged @returns {Promise<number>} records in the log */
async function check(dir, acknowledged) {
  const { openAuditLog } = await load('open-audit-log');
  const { verifyLog } = await load('verify-log');
  const { readSigningKey, originOf } = await load('signing-key');
  const log = await openAuditLog(options(dir));
  await log.close();
  const { key } = readSigningKey(join(dir, 'key.pem'), originOf(hostname()));
  const result = verifyLog(join(dir, 'log'), key);
  if (!result.isIntact) throw new Error(JSON.stringify(result.findings.slice(0, 5), null, 2));
  if (result.records !== result.size) throw new Error('the sequence has gaps');
  const names = (await readdir(join(dir, 'log'))).filter((name) => name.endsWith('.jsonl'));
  const texts = await Promise.all(names.map((name) => readFile(join(dir, 'log', name), 'utf8')));
  const there = new Set(
    texts
      .flatMap((text) => text.split('\n').slice(0, -1))
      .map((line) => JSON.parse(line))
      .map(({ seq, params }) => `${seq} ${params?.name}`),
  );
  const missing = acknowledged.filter((line) => !there.has(line));
  if (missing.length > 0) {
    throw new Error(`${missing.length} acknowledged records are missing: ${missing.slice(0, 5)}`);
  }
  return result.size;
}

async function main() {
  const trials = Number(values.trials);
  const perLog = Number(values['per-log']);
  const writers = Number(values.writers);
  let [acknowledged, records, torn] = [0, 0, 0];
  for (let done = 0; done < trials;) {
    const dir = await mkdtemp(join(tmpdir(), 'tmuxy-trial-'));
    try {
      /** @type {string[]} */
      const lines = [];
      let size = 0;
      for (let each = 0; each < perLog && done < trials; each += 1, done += 1) {
        const killed = await Promise.all(Array.from({ length: writers }, () => kill(dir)));
        lines.push(...killed.flat());
        size = await check(dir, lines);
      }
      acknowledged += lines.length;
      records += size;
      torn += (await readdir(join(dir, 'log'))).filter((name) => name.includes('.torn-')).length;
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
    if (process.stderr.isTTY) console.error(`${done} of ${trials}`);
  }
  console.log(
    `${trials} trials of ${writers} killed: ${acknowledged} records acknowledged, none missing; ${records} in the logs, all verify; ${torn} torn lines set aside`,
  );
}

await (values.write === undefined ? main() : write(values.write));
