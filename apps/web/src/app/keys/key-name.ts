/** Browser key values of tmux's named keys, by the name `list-keys` prints (key-string.c). */
const NAMED: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  Backspace: 'BSpace',
  Delete: 'DC',
  End: 'End',
  Enter: 'Enter',
  Escape: 'Escape',
  Home: 'Home',
  Insert: 'IC',
  PageDown: 'NPage',
  PageUp: 'PPage',
  Tab: 'Tab',
};

/** Digit and operator keys of the keypad, which tmux names apart (`KP0`, `KP*`, `KPEnter`). */
const KEYPAD = /^Numpad(?:([0-9])|(Add|Subtract|Multiply|Divide|Decimal|Enter))$/;
const KEYPAD_OPERATORS: Readonly<Record<string, string>> = {
  Add: 'KP+',
  Subtract: 'KP-',
  Multiply: 'KP*',
  Divide: 'KP/',
  Decimal: 'KP.',
  Enter: 'KPEnter',
};

/** What a terminal sends for these with Ctrl, and tmux therefore calls them. */
const CONTROL_ALIASES: Readonly<Record<string, string>> = {
  i: 'Tab',
  m: 'Enter',
  '[': 'Escape',
  '/': 'C-_',
  '?': 'BSpace',
  '2': 'C-Space',
  '@': 'C-Space',
  '3': 'Escape',
  '4': 'C-\\',
  '5': 'C-]',
  '6': 'C-^',
  '7': 'C-_',
  '8': 'BSpace',
};

const MODIFIERS: ReadonlySet<string> = new Set([
  'Alt',
  'AltGraph',
  'CapsLock',
  'Control',
  'Fn',
  'FnLock',
  'Hyper',
  'Meta',
  'NumLock',
  'OS',
  'ScrollLock',
  'Shift',
  'Super',
  'Symbol',
  'SymbolLock',
]);

/** The parts of a `KeyboardEvent` that name a key. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey' | 'isComposing'
> & { getModifierState(key: string): boolean };

/** Whether the event is of a modifier alone. */
export function isModifier(event: { readonly key: string }): boolean {
  return MODIFIERS.has(event.key);
}

/** Whether a browser's key value is the character it types, not a key's name. */
function isCharacter(key: string): boolean {
  return /^.$/u.test(key);
}

/** Whether Alt and Ctrl only served to type a character of the third level (`@` on a German layout). */
function isThirdLevel(event: KeyPress): boolean {
  if (!isCharacter(event.key)) return false;
  if (event.getModifierState('AltGraph')) return true;
  // Windows reports AltGr as Ctrl and Alt; with both really held the key stays the letter's own.
  return event.ctrlKey && event.altKey && !/^[a-z0-9]$/i.test(event.key);
}

/** The character on the key's US cap, for layouts whose letters are not Latin. */
function latin(event: KeyPress): string {
  if (event.key.length === 1 && event.key.charCodeAt(0) < 0x80) return event.key;
  const cap = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(event.code);
  return cap?.[1]?.toLowerCase() ?? cap?.[2] ?? event.key;
}

function prefixes(event: KeyPress, shift: boolean): string {
  const control = event.ctrlKey ? 'C-' : '';
  const meta = event.altKey ? 'M-' : '';
  return control + meta + (shift ? 'S-' : '');
}

/** Keys with a name of their own take Shift as a modifier, except Tab, which becomes BTab. */
function namedKeys(event: KeyPress, name: string): string[] {
  if (name === 'Tab' && event.shiftKey) return [`${prefixes(event, false)}BTab`];
  const full = prefixes(event, event.shiftKey) + name;
  // Terminals cannot tell these apart, so people bind the plain name.
  const isIndistinct = ['Space', 'Enter', 'BSpace', 'Escape'].includes(name) && event.shiftKey;
  return isIndistinct ? [full, prefixes(event, false) + name] : [full];
}

function characterKeys(event: KeyPress): string[] {
  if (!event.ctrlKey && !event.altKey) return [event.key];
  const character = latin(event);
  if (!event.ctrlKey) return [`M-${character}`];
  const lower = character.toLowerCase();
  const meta = event.altKey ? 'M-' : '';
  const alias = CONTROL_ALIASES[lower];
  const names = [`C-${meta}${lower}`];
  if (event.shiftKey && lower !== character) names.unshift(`C-${meta}S-${lower}`);
  if (alias !== undefined) names.push(meta === '' ? alias : alias.replace(/^(C-)?/, `$1${meta}`));
  return names;
}

/**
 * tmux's names for a key press, the most exact first; empty for what tmux has no name for (modifiers
 * alone, dead keys, composition, the Command key). Names are written as `list-keys` prints them.
 */
export function keyNames(event: KeyPress): readonly string[] {
  if (event.isComposing || event.metaKey || isModifier(event)) return [];
  if (['Dead', 'Process', 'Unidentified'].includes(event.key)) return [];
  if (isThirdLevel(event)) return [event.key];
  const keypad = KEYPAD.exec(event.code);
  const operator = KEYPAD_OPERATORS[keypad?.[2] ?? ''];
  const plain = plainNames(event);
  if (keypad === null || event.key.length > 5) return plain;
  const digit = keypad[1] === undefined ? operator : `KP${keypad[1]}`;
  const isNumber = event.key.length === 1 || event.key === 'Enter';
  return digit !== undefined && isNumber ? [prefixes(event, false) + digit, ...plain] : plain;
}

function plainNames(event: KeyPress): string[] {
  const name = NAMED[event.key] ?? (/^F([1-9]|1[0-2])$/.test(event.key) ? event.key : undefined);
  if (name !== undefined) return namedKeys(event, name);
  return isCharacter(event.key) ? characterKeys(event) : [];
}
