import { isModifier, keyNames } from './key-name';
import type { KeyPress } from './key-name';

type Press = Partial<Omit<KeyPress, 'getModifierState'>> & { altGraph?: boolean };

function press({ altGraph = false, ...fields }: Press): KeyPress {
  return {
    key: '',
    code: '',
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    isComposing: false,
    getModifierState: (key) => key === 'AltGraph' && altGraph,
    ...fields,
  };
}

describe(keyNames.name, () => {
  it.each<[string, Press]>([
    ['a', { key: 'a' }],
    ['A', { key: 'A', shiftKey: true }],
    ['%', { key: '%', shiftKey: true }],
    ['"', { key: '"', shiftKey: true }],
    ['é', { key: 'é' }],
    ['C-b', { key: 'b', ctrlKey: true }],
    ['C-b', { key: 'и', code: 'KeyB', ctrlKey: true }],
    ['M-x', { key: 'x', altKey: true }],
    ['M-X', { key: 'X', altKey: true, shiftKey: true }],
    ['M-1', { key: '1', altKey: true }],
    ['M-1', { key: '¡', code: 'Digit1', altKey: true }],
    ['C-M-x', { key: 'x', ctrlKey: true, altKey: true }],
    ['C-o', { key: 'o', ctrlKey: true }],
    ['Space', { key: ' ' }],
    ['C-Space', { key: ' ', ctrlKey: true }],
    ['Enter', { key: 'Enter' }],
    ['Escape', { key: 'Escape' }],
    ['Tab', { key: 'Tab' }],
    ['BTab', { key: 'Tab', shiftKey: true }],
    ['BSpace', { key: 'Backspace' }],
    ['DC', { key: 'Delete' }],
    ['IC', { key: 'Insert' }],
    ['PPage', { key: 'PageUp' }],
    ['NPage', { key: 'PageDown' }],
    ['Home', { key: 'Home' }],
    ['M-Up', { key: 'ArrowUp', altKey: true }],
    ['C-Up', { key: 'ArrowUp', ctrlKey: true }],
    ['C-M-S-Left', { key: 'ArrowLeft', ctrlKey: true, altKey: true, shiftKey: true }],
    ['S-F5', { key: 'F5', shiftKey: true }],
    ['F12', { key: 'F12' }],
    ['C-0', { key: '0', ctrlKey: true }],
    ['KP5', { key: '5', code: 'Numpad5' }],
    ['KP*', { key: '*', code: 'NumpadMultiply' }],
    ['KPEnter', { key: 'Enter', code: 'NumpadEnter' }],
    ['Home', { key: 'Home', code: 'Numpad7' }],
  ])('names %s', (name, event) => {
    expect(keyNames(press(event))[0]).toBe(name);
  });

  it.each<[string, Press]>([
    ['Tab', { key: 'i', ctrlKey: true }],
    ['Enter', { key: 'm', ctrlKey: true }],
    ['Escape', { key: '[', ctrlKey: true }],
    ['C-_', { key: '/', ctrlKey: true }],
    ['C-Space', { key: '2', ctrlKey: true }],
    ['C-b', { key: 'B', ctrlKey: true, shiftKey: true }],
    ['Space', { key: ' ', shiftKey: true }],
    ['5', { key: '5', code: 'Numpad5' }],
  ])('also answers to %s', (name, event) => {
    expect(keyNames(press(event))).toContain(name);
  });

  it.each<[string, Press]>([
    ['@', { key: '@', code: 'KeyQ', altGraph: true }],
    ['@', { key: '@', code: 'KeyQ', ctrlKey: true, altKey: true }],
    ['€', { key: '€', code: 'KeyE', ctrlKey: true, altKey: true, altGraph: true }],
  ])('takes AltGr for what it types: %s', (name, event) => {
    expect(keyNames(press(event))).toEqual([name]);
  });

  it.each<[string, Press]>([
    ['a modifier alone', { key: 'Control', ctrlKey: true }],
    ['AltGr alone', { key: 'AltGraph' }],
    ['a dead key', { key: 'Dead' }],
    ['composition', { key: 'a', isComposing: true }],
    ['an input method', { key: 'Process' }],
    ['Command', { key: 'c', metaKey: true }],
    ['a media key', { key: 'AudioVolumeUp' }],
  ])('has no name for %s', (_what, event) => {
    expect(keyNames(press(event))).toEqual([]);
  });
});

describe(isModifier.name, () => {
  it('knows modifiers from keys', () => {
    expect(
      ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].every((key) => isModifier({ key })),
    ).toBe(true);
    expect(isModifier({ key: 'Enter' })).toBe(false);
  });
});
