import { LIMIT, OWN, find } from './figures.ts';
import type { Figure } from './figures.ts';

export interface Verdict {
  readonly bar: string;
  readonly state: 'held' | 'missed' | 'not measured';
  /** What it was judged by. */
  readonly seen: string;
}

/** One comparison of a bar: it holds while the value is at most the bound. */
interface Check {
  readonly what: string;
  readonly value: number | undefined;
  readonly bound: number | undefined;
  readonly unit: string;
}

/** Every bar there is, in order, judged by what was measured. */
export function judge(figures: readonly Figure[]): readonly Verdict[] {
  const of =
    (measurement: string) =>
    (target: string, metric: string): number | undefined =>
      find(figures, { measurement, metric, target });
  const [echo, load, viewers, limits] = [of('echo'), of('load'), of('viewers'), of('limits')];
  const [flood, interrupt, reconnect, memory] = [
    of('flood'),
    of('interrupt'),
    of('reconnect'),
    of('memory'),
  ];
  const fastest = (from: typeof flood, metric: string): number | undefined =>
    least(['ttyd', 'WeTTY'].map((peer) => from(peer, metric)));
  const versus = (from: typeof echo, metric: string, unit: string, share = 1): Check => ({
    what: metric,
    value: from(OWN, metric),
    bound: times(from('ttyd', metric), share),
    unit,
  });
  const limit = (what: string, value: number | undefined, bound: number | undefined): Check => ({
    what,
    value,
    bound,
    unit: '',
  });
  const prompt = interrupt(OWN, 'prompt max');
  return [
    verdict(
      'echo on loopback: p50 and p99 no worse than ttyd',
      [versus(echo, 'idle p50', 'ms'), versus(echo, 'idle p99', 'ms')],
      [
        ['not foretold: p50', echo(OWN, 'idle, confirmed p50'), 'ms'],
        ['p99', echo(OWN, 'idle, confirmed p99'), 'ms'],
      ],
    ),
    verdict(
      'flood until its last line: twice as fast as the fastest peer',
      [
        {
          what: 'last line',
          value: flood(OWN, 'last line'),
          bound: times(fastest(flood, 'last line'), 0.5),
          unit: 'ms',
        },
      ],
      [
        ['tmux with nobody attached', limits(LIMIT, 'nobody attached'), 'ms'],
        ['tmux -C to /dev/null', limits(LIMIT, 'tmux -C to /dev/null'), 'ms'],
      ],
    ),
    verdict('Ctrl-C during an endless flood: prompt under 150 ms, and under half of the fastest', [
      { what: 'slowest', value: prompt, bound: 150, unit: 'ms' },
      {
        what: 'p50',
        value: interrupt(OWN, 'prompt p50'),
        bound: times(fastest(interrupt, 'prompt p50'), 0.5),
        unit: 'ms',
      },
    ]),
    verdict(
      'reconnect after a cut of 60 s: exact screen under 300 ms, 0 bytes lost, 0 doubled',
      ['told', 'told, flooded'].flatMap((name): Check[] => [
        {
          what: name,
          value: reconnect(OWN, `${name}: exact screen`),
          bound: 300,
          unit: 'ms',
        },
        limit(`${name}: lost`, reconnect(OWN, `${name}: lost`), 0),
        limit(`${name}: doubled`, reconnect(OWN, `${name}: doubled`), 0),
      ]),
      [['cut', reconnect(OWN, 'cut'), 's']],
    ),
    verdict('50 viewers of 2,000 lines/s: under half of ttyd’s CPU and memory each, under 200 MB', [
      versus(viewers, '50 viewers: CPU', '%', 0.5),
      versus(viewers, '50 viewers: memory each', 'MB', 0.5),
      { what: 'server', value: viewers(OWN, '50 viewers: server RSS'), bound: 200, unit: 'MB' },
    ]),
    verdict('page load to prompt: no slower than ttyd', [
      versus(load, 'cold', 'ms'),
      versus(load, 'cached', 'ms'),
    ]),
    verdict('server memory flat over 1,000 connects and a viewer that never reads', [
      ...['1,000 connects', 'never reads'].map((name): Check => ({
        what: name,
        value: memory(OWN, `${name}: rise`),
        bound: memory(OWN, `${name}: rise allowed`),
        unit: 'MB',
      })),
    ]),
  ];
}

/** What a reader wants to know beside the comparisons: what, how much, unit. */
type Note = readonly [string, number | undefined, string];

function verdict(bar: string, checks: readonly Check[], notes: readonly Note[] = []): Verdict {
  const state = checks.some(isMissed)
    ? 'missed'
    : checks.every(({ value, bound }) => value !== undefined && bound !== undefined)
      ? 'held'
      : 'not measured';
  const known = notes.filter(([, value]) => value !== undefined);
  const beside = known.map(([what, value, unit]) => `${what} ${amount(value, unit)}`);
  return { bar, state, seen: [...checks.map(describe), ...beside].join('; ') };
}

function isMissed({ value, bound }: Check): boolean {
  return value !== undefined && bound !== undefined && value > bound;
}

function describe({ what, value, bound, unit }: Check): string {
  return `${what} ${amount(value, unit)} (at most ${amount(bound, unit)})`;
}

function amount(value: number | undefined, unit: string): string {
  return value === undefined ? '?' : `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`.trimEnd();
}

function times(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

function least(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
