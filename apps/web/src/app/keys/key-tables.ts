import type { KeyBindingsEvent, KeyBindingView } from '#dto';

export const ROOT_TABLE = 'root';
export const PREFIX_TABLE = 'prefix';
/** tmux's catch-all key. */
const ANY_KEY = 'Any';

/** Which table the next key is looked up in. */
export interface KeyState {
  readonly table: string;
  /** Set while a repeatable key may be pressed again; epoch milliseconds. */
  readonly repeatUntil: number | null;
}

export const AT_ROOT: KeyState = { table: ROOT_TABLE, repeatUntil: null };

export type KeyOutcome =
  /** Not tmux's: goes to the program. */
  | { readonly kind: 'pass' }
  | { readonly kind: 'swallow' }
  | { readonly kind: 'run'; readonly table: string; readonly key: string };

export interface KeyStep {
  readonly state: KeyState;
  readonly outcome: KeyOutcome;
}

function find(
  bindings: KeyBindingsEvent,
  table: string,
  names: readonly string[],
): KeyBindingView | undefined {
  const rows = bindings.tables[table] ?? [];
  for (const name of [...names, ANY_KEY]) {
    const row = rows.find(({ key }) => key === name);
    if (row !== undefined) return row;
  }
  return undefined;
}

/** The state once the time to repeat has run out. */
export function expire(state: KeyState, now: number): KeyState {
  return state.repeatUntil !== null && now >= state.repeatUntil ? AT_ROOT : state;
}

/**
 * One key, as `server_client_key_callback` in tmux 3.3a's server-client.c decides it: the prefix
 * always arms, an unknown key leaves the table and is tried in the root table, and reaches the program
 * only when it was pressed there or instead of a repeat.
 * @param names what the key may be called, the most exact first
 * @param now epoch milliseconds
 */
export function pressKey(
  before: KeyState,
  names: readonly string[],
  bindings: KeyBindingsEvent,
  now: number,
): KeyStep {
  const state = expire(before, now);
  const isPrefix = names.some((name) => bindings.prefixes.includes(name));
  if (isPrefix && state.table !== PREFIX_TABLE) {
    return { state: { table: PREFIX_TABLE, repeatUntil: null }, outcome: { kind: 'swallow' } };
  }
  const binding = find(bindings, state.table, names);
  const isRepeating = state.repeatUntil !== null;
  if (binding !== undefined && (binding.repeat || !isRepeating)) {
    const repeats = binding.repeat && bindings.repeatTimeMs > 0;
    return {
      state: repeats ? { ...state, repeatUntil: now + bindings.repeatTimeMs } : AT_ROOT,
      outcome: { kind: 'run', table: state.table, key: binding.key },
    };
  }
  if (state.table === ROOT_TABLE) return { state: AT_ROOT, outcome: { kind: 'pass' } };
  const retried = pressKey(AT_ROOT, names, bindings, now);
  if (retried.outcome.kind !== 'pass' || isRepeating) return retried;
  return { state: AT_ROOT, outcome: { kind: 'swallow' } };
}
