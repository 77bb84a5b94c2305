import type { EntryRow } from './tree-rows';

/** What a key asks of the tree. */
export type TreeMove =
  | { readonly kind: 'select'; readonly row: EntryRow }
  | { readonly kind: 'expand' | 'collapse' | 'open'; readonly row: EntryRow };

/** Rows that PageUp and PageDown pass. */
const PAGE_ROWS = 12;

/** Keys of the tree, as the ARIA practices for `role=tree` have them; null: not one of them. */
export function treeMove(
  key: string,
  rows: readonly EntryRow[],
  current: EntryRow | null,
): TreeMove | null {
  const at = current === null ? -1 : rows.indexOf(current);
  const select = (index: number): TreeMove | null => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    return row === undefined ? null : { kind: 'select', row };
  };
  switch (key) {
    case 'ArrowDown':
      return select(at + 1);
    case 'ArrowUp':
      return select(at === -1 ? 0 : at - 1);
    case 'PageDown':
      return select(at + PAGE_ROWS);
    case 'PageUp':
      return select(at - PAGE_ROWS);
    case 'Home':
      return select(0);
    case 'End':
      return select(rows.length - 1);
    case 'Enter':
    case ' ':
      return current === null ? null : { kind: 'open', row: current };
    case 'ArrowRight':
      if (current?.isDirectory !== true) return null;
      if (!current.isExpanded) return { kind: 'expand', row: current };
      return (rows[at + 1]?.depth ?? 0) > current.depth ? select(at + 1) : null;
    case 'ArrowLeft': {
      if (current === null) return null;
      if (current.isExpanded) return { kind: 'collapse', row: current };
      const parent = rows.slice(0, at).findLastIndex(({ depth }) => depth < current.depth);
      return parent === -1 ? null : select(parent);
    }
    default:
      return null;
  }
}

/**
 * The next row whose name begins with what was typed; the same letter again and again goes on to the
 * next of its rows.
 */
export function findTyped(
  typed: string,
  rows: readonly EntryRow[],
  current: EntryRow | null,
): EntryRow | null {
  const lower = typed.toLowerCase();
  const isOneLetter = new Set(lower).size === 1;
  const wanted = isOneLetter ? lower.slice(0, 1) : lower;
  const at = current === null ? -1 : rows.indexOf(current);
  // While a word is typed, the row that matches so far may go on matching.
  const from = isOneLetter ? at + 1 : Math.max(0, at);
  const round = [...rows.slice(from), ...rows.slice(0, from)];
  return round.find(({ name }) => name.toLowerCase().startsWith(wanted)) ?? null;
}
