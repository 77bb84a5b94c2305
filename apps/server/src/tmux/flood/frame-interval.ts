/** From the answer to one look at a paused pane to the next: 25 frames a second look like movement. */
export const FRAME_INTERVAL_MS = 40;
/** The most that it grows to. */
export const FRAME_INTERVAL_MAX_MS = 1_000;
/** A flood's frames come after so large a part of the time that it has lasted. */
const SHARE = 100;
const LEAK_FIXED_IN = 3.6;

/**
 * The pause between two looks at a pane that floods since `lastedMs`. tmux before 3.6 loses the memory of each
 * `capture-pane -p` of a control client, some 10 KB (tmux.md §0 fact 14): there the frames of a flood that goes on
 * become rarer, so that one that runs all day costs tmux megabytes an hour instead of a gigabyte.
 */
export function frameIntervalMs(lastedMs: number, isLeaking: boolean): number {
  if (!isLeaking) return FRAME_INTERVAL_MS;
  return Math.min(FRAME_INTERVAL_MAX_MS, Math.max(FRAME_INTERVAL_MS, lastedMs / SHARE));
}

/** Whether a tmux of this version (`3.3a`) loses the memory of captures. */
export function losesCaptures(version: string): boolean {
  return !(Number.parseFloat(version) >= LEAK_FIXED_IN);
}
