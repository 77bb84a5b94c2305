import type { LayoutNode, PaneId } from '#dto';
import type { SessionModel } from '../session-model.js';

/** Whether a pane is on screen for who looks at the session: in its current window, and not behind a zoomed one. */
export function isDrawn(model: SessionModel | undefined, pane: PaneId): boolean {
  const current = model?.windows.find((window) => window.active);
  return current !== undefined && holds(current.layout, pane);
}

function holds(node: LayoutNode, pane: PaneId): boolean {
  return node.type === 'pane'
    ? node.pane === pane
    : node.children.some((child) => holds(child, pane));
}
