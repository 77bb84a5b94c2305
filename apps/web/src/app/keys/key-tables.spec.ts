import type { KeyBindingsEvent } from '#dto';
import { AT_ROOT, pressKey } from './key-tables';
import type { KeyState } from './key-tables';

const BINDINGS: KeyBindingsEvent = {
  prefixes: ['C-b', 'M-a'],
  repeatTimeMs: 500,
  tables: {
    prefix: [
      { key: 'c', repeat: false, command: 'new-window' },
      { key: 'C-b', repeat: false, command: 'send-prefix' },
      { key: 'Up', repeat: true, command: 'select-pane -U' },
      { key: 'Down', repeat: true, command: 'select-pane -D' },
    ],
    root: [{ key: 'F5', repeat: false, command: 'next-window' }],
    mine: [{ key: 'x', repeat: false, command: 'kill-pane' }],
    all: [{ key: 'Any', repeat: false, command: 'display-message' }],
  },
};

/** Presses keys one after another, 100 ms apart; answers what came of each. */
function type(keys: readonly string[], from: KeyState = AT_ROOT, stepMs = 100): string[] {
  let state = from;
  return keys.map((key, i) => {
    const step = pressKey(state, [key], BINDINGS, i * stepMs);
    state = step.state;
    const { outcome } = step;
    return outcome.kind === 'run' ? `${outcome.table} ${outcome.key}` : outcome.kind;
  });
}

describe(pressKey.name, () => {
  it('passes what nothing binds', () => {
    expect(type(['a', 'C-c'])).toEqual(['pass', 'pass']);
  });

  it('runs a binding of the prefix table once', () => {
    expect(type(['C-b', 'c', 'c'])).toEqual(['swallow', 'prefix c', 'pass']);
    expect(type(['M-a', 'c'])).toEqual(['swallow', 'prefix c']);
  });

  it('swallows an unknown key after the prefix', () => {
    expect(type(['C-b', 'z', 'z'])).toEqual(['swallow', 'swallow', 'pass']);
  });

  it('leaves the prefix pressed twice to its binding', () => {
    expect(type(['C-b', 'C-b', 'a'])).toEqual(['swallow', 'prefix C-b', 'pass']);
  });

  it('runs root bindings, also right after the prefix', () => {
    expect(type(['F5', 'C-b', 'F5'])).toEqual(['root F5', 'swallow', 'root F5']);
  });

  it('repeats repeatable keys within the time', () => {
    expect(type(['C-b', 'Up', 'Down', 'Up'])).toEqual([
      'swallow',
      'prefix Up',
      'prefix Down',
      'prefix Up',
    ]);
    expect(type(['C-b', 'Up', 'Up'], AT_ROOT, 600)).toEqual(['swallow', 'prefix Up', 'pass']);
  });

  it('passes any other key pressed instead of a repeat', () => {
    expect(type(['C-b', 'Up', 'z', 'Up'])).toEqual(['swallow', 'prefix Up', 'pass', 'pass']);
    expect(type(['C-b', 'Up', 'c'])).toEqual(['swallow', 'prefix Up', 'pass']);
  });

  it('arms again when the prefix is pressed instead of a repeat', () => {
    expect(type(['C-b', 'Up', 'C-b', 'c'])).toEqual([
      'swallow',
      'prefix Up',
      'swallow',
      'prefix c',
    ]);
  });

  it('does not repeat when tmux has repeating switched off', () => {
    const { state } = pressKey(
      { table: 'prefix', repeatUntil: null },
      ['Up'],
      { ...BINDINGS, repeatTimeMs: 0 },
      0,
    );
    expect(state).toEqual(AT_ROOT);
  });

  it('looks keys up in another table for one key, the prefix excepted', () => {
    const mine: KeyState = { table: 'mine', repeatUntil: null };
    expect(type(['x', 'x'], mine)).toEqual(['mine x', 'pass']);
    expect(type(['C-b', 'c'], mine)).toEqual(['swallow', 'prefix c']);
    expect(type(['a'], { table: 'all', repeatUntil: null })).toEqual(['all Any']);
  });

  it('prefers the more exact name', () => {
    const step = pressKey({ table: 'prefix', repeatUntil: null }, ['S-Up', 'Up'], BINDINGS, 0);
    expect(step.outcome).toEqual({ kind: 'run', table: 'prefix', key: 'Up' });
  });
});
