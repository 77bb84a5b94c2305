const NAME = /^(\d{20})\.jsonl$/;

/** Name of the segment whose first record is `firstSeq`. */
export const segmentName = (firstSeq: number): string =>
  `${String(firstSeq).padStart(20, '0')}.jsonl`;

/** @returns the first `seq` that a segment's name promises; undefined when this is no segment's name */
export function segmentStart(name: string): number | undefined {
  const seq = Number(NAME.exec(name)?.[1]);
  return Number.isSafeInteger(seq) && seq >= 1 ? seq : undefined;
}
