/** What a key asks of the list. */
export type ListWish =
  | { readonly kind: 'move'; readonly by: 'row' | 'page' | 'all'; readonly to: 1 | -1 }
  | { readonly kind: 'open' | 'close' | 'search' };

const MOVES: Readonly<Record<string, ListWish>> = {
  j: { kind: 'move', by: 'row', to: 1 },
  ArrowDown: { kind: 'move', by: 'row', to: 1 },
  k: { kind: 'move', by: 'row', to: -1 },
  ArrowUp: { kind: 'move', by: 'row', to: -1 },
  PageDown: { kind: 'move', by: 'page', to: 1 },
  PageUp: { kind: 'move', by: 'page', to: -1 },
  End: { kind: 'move', by: 'all', to: 1 },
  Home: { kind: 'move', by: 'all', to: -1 },
  '/': { kind: 'search' },
};

const TYPED_INTO = 'input, select, textarea';
const HAS_ITS_OWN_KEYS = '[role=dialog], [role=menu], pre';
const TAKES_ENTER = 'button, a, summary';

/** What a key press on the page asks for; null: it belongs to what has the focus, or to the browser. */
export function listWish(event: KeyboardEvent): ListWish | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (isIn(target, HAS_ITS_OWN_KEYS)) return null;
  if (target?.matches(TYPED_INTO) === true) return null;
  if (event.key === 'Escape') return { kind: 'close' };
  if (event.key === 'Enter') return isIn(target, TAKES_ENTER) ? null : { kind: 'open' };
  return Object.hasOwn(MOVES, event.key) ? (MOVES[event.key] ?? null) : null;
}

/** Whether a key press leaves the field it was made in. */
export function leavesField(event: KeyboardEvent): boolean {
  return (
    event.key === 'Escape' && event.target instanceof Element && event.target.matches(TYPED_INTO)
  );
}

function isIn(element: Element | null, selector: string): boolean {
  return (element?.closest(selector) ?? null) !== null;
}
