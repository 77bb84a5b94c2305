import type { Verdict } from './bars.ts';
import { LIMIT, OWN } from './figures.ts';
import type { Figure, Unit } from './figures.ts';

/** What was measured, a row for each metric; beside each peer, how we compare with it. */
export function measurementTable(figures: readonly Figure[]): string {
  const targets = [...new Set(figures.map(({ target }) => target))].toSorted(byImportance);
  const metrics = [...new Set(figures.map(({ metric }) => metric))];
  const peers = targets.filter((target) => target !== OWN && target !== LIMIT);
  const isCompared = targets.includes(OWN);
  const heads = ['', ...targets, ...(isCompared ? peers.map((peer) => `${OWN}/${peer}`) : [])];
  const rows = metrics.map((metric) => {
    const of = (target: string): Figure | undefined =>
      figures.find((figure) => figure.metric === metric && figure.target === target);
    const cells = targets.map((target) => cell(of(target)));
    const ratios = isCompared ? peers.map((peer) => ratio(of(OWN)?.value, of(peer)?.value)) : [];
    return [metric, ...cells, ...ratios];
  });
  return align([heads, ...rows]);
}

/** Every bar with what became of it. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  return verdicts
    .map(
      ({ bar, state, seen }) =>
        `${state.toUpperCase().padEnd(12)}  ${bar}\n${' '.repeat(14)}${seen}`,
    )
    .join('\n');
}

/** Below 1: we take less of it. */
export function ratio(own: number | undefined, peer: number | undefined): string {
  return own === undefined || peer === undefined || peer === 0
    ? '–'
    : `${(own / peer).toFixed(2)} x`;
}

function cell(figure: Figure | undefined): string {
  if (!figure) return '–';
  const digits = DIGITS[figure.unit];
  return `${figure.value.toFixed(digits)} ${figure.unit}`.trimEnd();
}

const DIGITS: Readonly<Record<Unit, number>> = {
  ms: 1,
  s: 2,
  kB: 1,
  MB: 2,
  'MB/s': 2,
  '%': 1,
  bytes: 0,
  '': 0,
};

function byImportance(one: string, other: string): number {
  const order = [LIMIT, OWN];
  const rank = (target: string): number => {
    const index = order.indexOf(target);
    return index === -1 ? order.length : index;
  };
  return rank(one) - rank(other);
}

/** The first column to the left, numbers to the right. */
function align(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const pad = (text: string, column: number): string => {
    const width = widths[column] ?? 0;
    return column === 0 ? text.padEnd(width) : text.padStart(width);
  };
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}
