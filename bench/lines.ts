/** What differs between what was printed and what is shown, in bytes. */
export interface Difference {
  readonly lost: number;
  readonly doubled: number;
}

/**
 * Compares lines that are each there once, whatever their order.
 *
 * @param keep how many of the last lines of both are looked at
 */
export function compareLines(
  printed: readonly string[],
  shown: readonly string[],
  keep: number,
): Difference {
  const missing = new Map<string, number>();
  for (const line of last(printed, keep)) missing.set(line, (missing.get(line) ?? 0) + 1);
  let doubled = 0;
  for (const line of last(shown, keep)) {
    const count = missing.get(line) ?? 0;
    if (count > 0) missing.set(line, count - 1);
    else doubled += sizeOf(line);
  }
  const lost = [...missing].reduce((sum, [line, count]) => sum + count * sizeOf(line), 0);
  return { lost, doubled };
}

/** Without empty lines: how many of them there are says only how high the screen is. */
function last(lines: readonly string[], keep: number): readonly string[] {
  return lines.filter((line) => line !== '').slice(-keep);
}

function sizeOf(line: string): number {
  return Buffer.byteLength(line) + 1;
}
