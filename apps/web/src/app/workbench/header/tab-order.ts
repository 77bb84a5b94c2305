import type { WindowId } from '#dto';

/**
 * The window a dragged one lands before when it is dropped into a slot (0 is before the first tab,
 * the number of tabs is after the last); null for the end, undefined when nothing would change.
 */
export function dropPlace(
  windows: readonly { readonly id: WindowId }[],
  dragged: WindowId,
  slot: number,
): WindowId | null | undefined {
  const from = windows.findIndex((window) => window.id === dragged);
  if (from < 0 || slot === from || slot === from + 1) return undefined;
  return windows[slot]?.id ?? null;
}

/** The slot under a pointer: tabs whose middle lies left of it come before. */
export function slotAt(
  tabs: readonly { readonly left: number; readonly width: number }[],
  x: number,
): number {
  return tabs.filter((tab) => tab.left + tab.width / 2 < x).length;
}
