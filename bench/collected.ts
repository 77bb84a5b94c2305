import type { Figure, Unit } from './figures.ts';
import { percentiles } from './statistics.ts';
import type { Metered } from './usage.ts';

const MEGA = 1_000_000;

/** What one measurement gathers over its rounds: samples by target and metric, and what was taken. */
export class Collected {
  readonly #measurement: string;
  readonly #samples = new Map<string, { target: string; metric: string; values: number[] }>();

  constructor(measurement: string) {
    this.#measurement = measurement;
  }

  add(target: string, metric: string, ...values: readonly number[]): void {
    const key = `${target}\n${metric}`;
    const known = this.#samples.get(key) ?? { target, metric, values: [] };
    known.values.push(...values);
    this.#samples.set(key, known);
  }

  /** Notes what it cost. */
  cost(target: string, metric: string, metered: Metered<unknown>): void {
    this.add(target, `${metric}server CPU`, metered.serverCpuSeconds);
    this.add(target, `${metric}tmux CPU`, metered.tmuxCpuSeconds);
    this.add(target, `${metric}server RSS`, metered.serverRssBytes / MEGA);
    this.add(target, `${metric}tmux RSS`, metered.tmuxRssBytes / MEGA);
  }

  /** The middle of what was sampled of each metric; percentiles where `spread` says so. */
  figures(spread: readonly string[] = []): Figure[] {
    return [...this.#samples.values()].flatMap(({ target, metric, values }) => {
      const { p50, p95, p99 } = percentiles(values);
      const figure = (name: string, value: number): Figure => ({
        measurement: this.#measurement,
        metric: name,
        target,
        value,
        unit: unitOf(metric),
      });
      if (!spread.includes(metric)) return [figure(metric, p50)];
      return [
        figure(`${metric} p50`, p50),
        figure(`${metric} p95`, p95),
        figure(`${metric} p99`, p99),
        figure(`${metric} max`, Math.max(...values)),
      ];
    });
  }
}

function unitOf(metric: string): Unit {
  if (metric.endsWith('CPU')) return 's';
  if (metric.endsWith('RSS')) return 'MB';
  return 'ms';
}
