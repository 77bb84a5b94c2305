import { setTimeout } from 'node:timers/promises';
import { OWN } from '../figures.ts';
import type { Figure } from '../figures.ts';
import { writePaced } from '../load-programs.ts';
import type { Bench } from '../stage.ts';
import type { Point } from '../statistics.ts';
import { within } from '../process.ts';
import { SESSION } from '../tmux.ts';
import { Tmuxy } from '../targets/tmuxy.ts';
import { PrivateTmux } from '../tmux.ts';
import { RETAINED_TOLERANCE, trendOf } from '../trend.ts';
import { usageOfOne } from '../usage.ts';
import { EventStream } from '../viewers/event-stream.ts';

/** How often viewers come and go, after the warming up; in all less than an address may in a minute. */
const CONNECTS = 1000;
const WARM_UP = 150;
const SAMPLE_EVERY = 25;
const AT_ONCE = 5;
/** So many streams a minute may be opened by a credential; each opens a share of all. */
const TOKENS = 13;
const UNREAD_SECONDS = 40;
const UNREAD_LINES_PER_SECOND = 5000;
const MEGA = 1_000_000;

/** The server's memory after so many connects or seconds. */
interface Sample {
  readonly x: number;
  readonly retained: number;
  readonly rss: number;
}

/** Whether the server's memory stays flat: while viewers come and go, and while one never reads. */
export async function measureMemory(bench: Bench): Promise<readonly Figure[]> {
  return bench.cleanup.scope(async (scope) => {
    const tmux = await PrivateTmux.start(scope);
    const server = await Tmuxy.start(scope, tmux, { isObserved: true });
    const comings = await connects(server);
    const unread = await neverRead(server, tmux);
    return [...figuresOf('1,000 connects', comings), ...figuresOf('never reads', unread)];
  });
}

/** Opens a stream, waits for its picture and leaves, over and over. */
async function connects(server: Tmuxy): Promise<Sample[]> {
  const samples: Sample[] = [];
  let begun = 0;
  const come = async (): Promise<void> => {
    while (begun < WARM_UP + CONNECTS) {
      const number = (begun += 1);
      const token = await server.token('viewer', number % TOKENS);
      await visit(server.origin, token);
      const isSample = number > WARM_UP && number % SAMPLE_EVERY === 0;
      if (isSample) samples.push(await sampleOf(server, number));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, come));
  return samples;
}

async function visit(origin: string, token: string): Promise<void> {
  let seen = (): void => undefined;
  const snapshot = new Promise<void>((resolve) => (seen = resolve));
  const onEvent = ({ name }: { readonly name: string }): void => {
    if (name === 'snapshot') seen();
  };
  const stream = await EventStream.open({ origin, token, session: SESSION, onEvent });
  await within(snapshot, { what: 'a picture' });
  await stream.close();
}

/** One viewer stops reading while the session prints more than any queue holds. */
async function neverRead(server: Tmuxy, tmux: PrivateTmux): Promise<Sample[]> {
  const token = await server.token('viewer', 0);
  const stream = await EventStream.open({ origin: server.origin, token, session: SESSION });
  stream.pause();
  const program = await writePaced(tmux.folder, UNREAD_LINES_PER_SECOND);
  await tmux.run('send-keys', '-t', `${SESSION}:0.0`, program, 'Enter');
  const samples: Sample[] = [];
  for (let second = 0; second < UNREAD_SECONDS; second += 1) {
    await setTimeout(1000);
    samples.push(await sampleOf(server, second));
  }
  await stream.close();
  return samples;
}

async function sampleOf(server: Tmuxy, x: number): Promise<Sample> {
  const { rssBytes } = await usageOfOne(server.pid);
  return { x, retained: await server.retainedBytes(), rss: rssBytes };
}

function figuresOf(name: string, samples: readonly Sample[]): Figure[] {
  const points = samples.map(({ x, retained }): Point => ({ x, y: retained }));
  const { rise, allowed } = trendOf(points, RETAINED_TOLERANCE);
  const figure = (metric: string, bytes: number): Figure => ({
    measurement: 'memory',
    metric: `${name}: ${metric}`,
    target: OWN,
    value: bytes / MEGA,
    unit: 'MB',
  });
  return [
    figure('rise', rise),
    figure('rise allowed', allowed),
    figure('retained at the end', points.at(-1)?.y ?? 0),
    figure('most RSS', Math.max(...samples.map(({ rss }) => rss))),
  ];
}
