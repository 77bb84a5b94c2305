import type { KeyBindingsEvent } from '#dto';
import { keyHint } from './key-hint';

const BINDINGS: KeyBindingsEvent = {
  prefixes: ['C-a'],
  repeatTimeMs: 500,
  tables: {
    prefix: [
      { key: '|', repeat: false, command: 'split-window -h' },
      { key: 'x', repeat: false, command: 'confirm-before -p "kill-pane #P? (y/n)" kill-pane' },
    ],
  },
};

describe(keyHint.name, () => {
  it('shows the keys that are bound here, whatever they are', () => {
    expect(keyHint(BINDINGS, 'split-right')).toBe('C-a |');
    expect(keyHint(BINDINGS, 'kill-pane')).toBe('C-a x');
  });

  it('is empty for what no key does', () => {
    expect(keyHint(BINDINGS, 'zoom')).toBe('');
    expect(keyHint(null, 'split-right')).toBe('');
  });
});
