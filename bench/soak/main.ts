import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { withCleanup } from '../cleanup.ts';
import type { Cleanup } from '../cleanup.ts';
import { SESSION, PrivateTmux } from '../tmux.ts';
import { Tmuxy } from '../targets/tmuxy.ts';
import { usageOfOne } from '../usage.ts';
import { Load, makeTokens } from './load.ts';
import { parseSoakOptions } from './options.ts';
import type { SoakOptions } from './options.ts';
import { judgeSoak, soakTable } from './verdict.ts';
import type { Sample } from './verdict.ts';

const SAMPLE_MS = 3000;
/** How long screens may take to agree once nothing goes on any more. */
const SETTLE_MS = 20_000;
const MINUTE_MS = 60_000;

/** A real server under everything at once. @returns whether it stayed flat and right */
async function soak({ minutes, json }: SoakOptions, cleanup: Cleanup): Promise<boolean> {
  const tmux = await PrivateTmux.start(cleanup);
  const server = await Tmuxy.start(cleanup, tmux, { isObserved: true });
  await makeTokens(server);
  const over = AbortSignal.timeout(minutes * MINUTE_MS);
  const load = new Load(server, tmux, over);
  const sampling = sample(server, tmux, over);
  console.error(`soaking for ${minutes} minutes …`);
  await load.run(cleanup);
  const samples = await sampling;
  const differences = await differing(load, tmux);
  const judged = judgeSoak(samples, minutes);

  console.log(soakTable(judged));
  console.log([...load.done].map(([what, count]) => `${what} ${count}`).join(', '));
  const breaks: string[] = [];
  for (const [name, { connects, refusals, twin }] of load.clients) {
    const refused = [...refusals].map(([what, count]) => `${what} ${count}`).join(', ');
    console.log(
      `${name}: ${connects} connects, ${twin.snapshots} snapshots; refused: ${refused || 'nothing'}`,
    );
    breaks.push(...twin.breaks.map((found) => `${name}: ${found}`));
  }
  for (const found of [...breaks, ...differences]) console.log(found);
  const isFlat = judged.every(({ verdict }) => verdict === 'flat');
  const isRight = breaks.length === 0 && differences.length === 0;
  console.log(`memory and descriptors: ${isFlat ? 'flat' : 'growing'}`);
  console.log(`screens: ${isRight ? 'as tmux has them, nothing lost or doubled' : 'WRONG'}`);
  if (json !== undefined) {
    const result = { minutes, samples, judged, breaks, differences };
    await writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
  }
  return isFlat && isRight;
}

async function sample(server: Tmuxy, tmux: PrivateTmux, until: AbortSignal): Promise<Sample[]> {
  const samples: Sample[] = [];
  const begun = performance.now();
  while (!until.aborted) {
    const [ours, theirs] = [await usageOfOne(server.pid), await usageOfOne(tmux.pid)];
    samples.push({
      at: (performance.now() - begun) / 1000,
      retained: await server.retainedBytes(),
      serverRss: ours.rssBytes,
      serverDescriptors: ours.descriptors,
      tmuxRss: theirs.rssBytes,
    });
    await setTimeout(SAMPLE_MS, undefined, { signal: until }).catch(() => undefined);
  }
  return samples;
}

/** Where what clients show is not what tmux shows, once everything is quiet. */
async function differing(load: Load, tmux: PrivateTmux): Promise<readonly string[]> {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const found = await compare(load, tmux);
    if (found.length === 0 || performance.now() > deadline) return found;
    await setTimeout(500);
  }
}

async function compare(load: Load, tmux: PrivateTmux): Promise<readonly string[]> {
  const listed = await tmux.run('list-panes', '-s', '-t', SESSION, '-F', '#{pane_id}');
  const panes = listed.split('\n');
  const found: string[] = [];
  for (const [name, { twin }] of load.clients) {
    const known = twin.panes().toSorted().join(' ');
    if (known !== panes.toSorted().join(' ')) {
      found.push(`${name} shows panes ${known} instead of ${panes.join(' ')}`);
    }
    for (const pane of panes) {
      const screen = await tmux.run('capture-pane', '-p', '-t', pane);
      const wanted = screen.split('\n').map((row) => row.trimEnd());
      const rows = await twin.rows(pane);
      const y = wanted.findIndex((row, index) => row !== (rows[index] ?? ''));
      if (y !== -1) {
        const texts = [rows[y] ?? '', wanted[y] ?? ''].map((row) => JSON.stringify(row));
        found.push(`${name}, ${pane}, row ${y}: ${texts.join(' instead of ')}`);
      }
    }
  }
  return found;
}

function optionsOf(args: readonly string[]): SoakOptions | undefined {
  try {
    return parseSoakOptions(args);
  } catch (error) {
    // A mistyped flag needs no stack.
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  }
}

const options = optionsOf(process.argv.slice(2));
if (!options) process.exitCode = 2;
else {
  await withCleanup(async (cleanup) => {
    if (!(await soak(options, cleanup))) process.exitCode = 1;
  });
}
