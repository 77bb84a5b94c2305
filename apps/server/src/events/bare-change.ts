import type { PaneChange, StateEvent } from '#dto';

/**
 * The change without the pictures in it, for a viewer that gets them later. A new pane keeps an empty one: every
 * pane has a screen from its first mention on.
 */
export function withoutPictures(change: StateEvent): StateEvent {
  if (change.panes === undefined) return change;
  return { ...change, panes: change.panes.map(bare) };
}

function bare(pane: PaneChange): PaneChange {
  const { screen, offset, ...rest } = pane;
  // Never changes, so it is only told of a pane that is new.
  const isNew = rest.historyLimit !== undefined && offset !== undefined;
  return isNew && screen !== undefined ? { ...rest, offset, screen: '' } : rest;
}
