import { keyOwner } from './key-owner';
import type { KeyChord, KeyOwner } from './key-owner';

function chord(text: string): KeyChord {
  const parts = text.split('+');
  return {
    key: parts.at(-1) ?? '',
    ctrlKey: parts.includes('Ctrl'),
    altKey: parts.includes('Alt'),
    shiftKey: parts.includes('Shift'),
    metaKey: parts.includes('Cmd'),
  };
}

describe(keyOwner.name, () => {
  it.each<[string, KeyOwner]>([
    ['a', 'program'],
    ['Ctrl+c', 'program'],
    ['Ctrl+r', 'program'],
    ['Ctrl+w', 'program'],
    ['Alt+x', 'program'],
    ['F1', 'program'],
    ['F5', 'program'],
    ['F10', 'program'],
    ['F11', 'browser'],
    ['F12', 'browser'],
    ['Ctrl+Shift+I', 'browser'],
    ['Ctrl+Shift+R', 'browser'],
    ['Ctrl+Shift+V', 'browser'],
    ['Ctrl+Shift+C', 'copy'],
    ['Shift+Insert', 'browser'],
    ['Ctrl+0', 'browser'],
    ['Ctrl+-', 'browser'],
    ['Ctrl+Shift+_', 'program'],
    ['Ctrl+Shift+ArrowUp', 'program'],
    ['Shift+PageUp', 'program'],
  ])('gives %s to the %s on Linux', (text, owner) => {
    expect(keyOwner(chord(text), false, false)).toBe(owner);
  });

  it('lets Ctrl+C copy while something is selected, except on a Mac', () => {
    expect(keyOwner(chord('Ctrl+c'), false, true)).toBe('copy');
    expect(keyOwner(chord('Ctrl+c'), true, true)).toBe('program');
  });

  it('leaves Command to the browser and copies with it', () => {
    expect(keyOwner(chord('Cmd+r'), true, true)).toBe('browser');
    expect(keyOwner(chord('Cmd+v'), true, true)).toBe('browser');
    expect(keyOwner(chord('Cmd+c'), true, true)).toBe('copy');
    expect(keyOwner(chord('Cmd+c'), true, false)).toBe('browser');
  });
});
