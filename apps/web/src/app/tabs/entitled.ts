/** One tab of this browser that shows a session. */
export interface Tab {
  readonly id: string;
  readonly isVisible: boolean;
  /** When it was last focused, seen or left, in epoch milliseconds. */
  readonly usedAt: number;
}

/**
 * Which tabs may have a stream when there is room for `max`: those that are seen, the last used first,
 * then those that were seen last. Every tab comes to the same answer by itself.
 */
export function entitled(tabs: readonly Tab[], max: number): ReadonlySet<string> {
  const ranked = tabs.toSorted(
    (a, b) =>
      Number(b.isVisible) - Number(a.isVisible) ||
      b.usedAt - a.usedAt ||
      // Two that were used in the same millisecond: any order, if only it is the same everywhere.
      (a.id < b.id ? -1 : 1),
  );
  return new Set(ranked.slice(0, max).map(({ id }) => id));
}
