import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../tools/setup/prepare.mjs';
import type { Installation } from './fixtures/installation.ts';
import { RawClient } from './fixtures/raw-client.ts';
import { expect, test } from './fixtures/test.ts';

const TRIALS = 5;
/** Requests under way at once. */
const LANES = 16;
/** Commands that are answered before the server is killed. */
const BEFORE = { fewest: 1, most: 120 };

interface LoggedCommand {
  readonly seq: number;
  readonly action: string;
  readonly params?: { readonly commands?: readonly { readonly args: readonly string[] }[] };
}

test('[K11] the audit log of a killed server has all that was acknowledged and all that was done', async ({
  ownInstallation: installation,
}) => {
  test.setTimeout(120_000);
  const { server, tmux } = installation;
  const acknowledged = new Set<string>();
  for (let trial = 0; trial < TRIALS; trial += 1) {
    for (const name of await loadUntilKilled(installation, trial)) acknowledged.add(name);
    await server.resume();
  }
  await server.halt();

  const records = await recordsIn(join(server.dir, 'state', 'audit'));
  const intended = new Set(
    records
      .filter(({ action }) => action === 'tmux.command')
      .flatMap(({ params }) => params?.commands ?? [])
      .flatMap(({ args }) =>
        args.filter((arg) => arg.startsWith('-b ')).map((arg) => arg.slice(3)),
      ),
  );
  const done = (await tmux.run('list-buffers', '-F', '#{buffer_name}')).split('\n').filter(Boolean);
  expect(acknowledged.size).toBeGreaterThanOrEqual(TRIALS);
  expect([...acknowledged].filter((name) => !done.includes(name))).toEqual([]);
  expect([...acknowledged].filter((name) => !intended.has(name))).toEqual([]);
  expect(done.filter((name) => !intended.has(name))).toEqual([]);
  expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => index + 1));
  // A half-written record that was set aside is told as a note, and is no fault.
  expect(await verify(join(server.dir, 'state'))).toMatchObject({ isIntact: true, errors: 0 });
});

/** Stores buffers, many at once, until the server is killed in between. @returns those it acknowledged */
async function loadUntilKilled(
  { server }: Installation,
  trial: number,
): Promise<readonly string[]> {
  const client = await RawClient.signIn(server.url, server.link);
  const stream = await client.openStream('main');
  const acknowledged: string[] = [];
  const enough = BEFORE.fewest + Math.floor(Math.random() * BEFORE.most);
  let sent = 0;
  let killed: Promise<void> | undefined;
  const lane = async (): Promise<void> => {
    while (killed === undefined) {
      sent += 1;
      const name = `k${trial}-${sent}`;
      const body = { cmd: 'tmux', args: { command: `set-buffer -b ${name} x` } };
      const reply = await client.command('main', stream.token, body).catch(() => undefined);
      if (reply?.status === 200) acknowledged.push(name);
      if (acknowledged.length >= enough) killed ??= server.halt('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await killed;
  stream.close();
  return acknowledged;
}

async function recordsIn(dir: string): Promise<readonly LoggedCommand[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.jsonl')).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')));
  const lines = texts.join('').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as LoggedCommand);
}

async function verify(stateDir: string): Promise<unknown> {
  const entry = join(ROOT, 'dist/apps/server/src/cli/main.js');
  const args = [entry, 'audit', 'verify', '--json', '--state-dir', stateDir];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}
