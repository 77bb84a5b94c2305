import type { Percentiles } from './statistics.ts';

/** What was measured of one target. */
export interface Measured {
  readonly name: string;
  readonly echo: Percentiles;
  readonly floodMs: number;
  readonly floodMegabytesPerSecond: number;
}

/** A table with a row per target, and how the first compares with each other one. */
export function table(measured: readonly Measured[]): string {
  const heads = ['', 'echo p50', 'p95', 'p99', 'flood', 'flood rate'];
  const rows = measured.map((one) => [
    one.name,
    ...[one.echo.p50, one.echo.p95, one.echo.p99].map((ms) => `${ms.toFixed(1)} ms`),
    `${(one.floodMs / 1000).toFixed(2)} s`,
    `${one.floodMegabytesPerSecond.toFixed(1)} MB/s`,
  ]);
  const [own, ...peers] = measured;
  const ratios = own ? peers.map((peer) => ratioRow(own, peer)) : [];
  const lines = [heads, ...rows, ...ratios];
  const widths = heads.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '))
    .join('\n');
}

/** Above 1 in times is slower than the peer, in the rate faster. */
function ratioRow(own: Measured, peer: Measured): string[] {
  return [
    `${own.name} / ${peer.name}`,
    ratio(own.echo.p50, peer.echo.p50),
    ratio(own.echo.p95, peer.echo.p95),
    ratio(own.echo.p99, peer.echo.p99),
    ratio(own.floodMs, peer.floodMs),
    ratio(own.floodMegabytesPerSecond, peer.floodMegabytesPerSecond),
  ];
}

function ratio(own: number, peer: number): string {
  return `${(own / peer).toFixed(2)} x`;
}
