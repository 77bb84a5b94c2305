import type { Rate } from './measure.ts';

/** A row per kind of work, a column per build; names are `what|build`. With two builds, how much faster the first is. */
export function rateTable(rates: readonly Rate[]): string {
  const kinds = new Map<string, Rate[]>();
  for (const rate of rates) {
    const kind = rate.name.split('|', 1)[0] ?? '';
    kinds.set(kind, [...(kinds.get(kind) ?? []), rate]);
  }
  const width = Math.max(...[...kinds.keys()].map(({ length }) => length));
  return [...kinds]
    .map(([kind, ofKind]) => {
      const [own, other] = ofKind;
      const ratio =
        own && other ? `${(own.perSecond / other.perSecond).toFixed(2)} x`.padStart(9) : '';
      return [kind.padEnd(width), ...ofKind.map(written), ratio, own?.note ?? '']
        .join('  ')
        .trimEnd();
    })
    .join('\n');
}

function written({ unit, perSecond }: Rate): string {
  const digits = perSecond < 100 ? 1 : 0;
  const number = perSecond.toLocaleString('en', { maximumFractionDigits: digits });
  return `${number.padStart(12)} ${unit}/s`;
}
