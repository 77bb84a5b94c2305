import type { PaneChange, PaneId, StateEvent } from '#dto';
import { diffModels, type SessionModel } from './session-model.js';
import type { SessionPicture } from './session-view-reader.js';

/**
 * The change for viewers: fields that differ, and the picture of every pane that is new, has another size
 * or lost its thread (`renewed`). Others have been followed and need none.
 */
export function pictureChange(
  before: SessionModel,
  { model, seeds }: SessionPicture,
  renewed: ReadonlySet<PaneId>,
): StateEvent {
  const { state, added, resized } = diffModels(before, model);
  const changes = new Map<PaneId, PaneChange>(state.panes?.map((change) => [change.id, change]));
  for (const id of new Set([...added, ...resized, ...renewed])) {
    const info = model.panes.get(id);
    const seed = seeds.get(id);
    if (info === undefined || seed === undefined) continue;
    const isNew = !before.panes.has(id);
    changes.set(id, { ...(changes.get(id) ?? { id }), ...(isNew ? info : {}), ...seed });
  }
  return changes.size === 0 ? state : { ...state, panes: [...changes.values()] };
}
