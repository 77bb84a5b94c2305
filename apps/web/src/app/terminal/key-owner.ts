/** The parts of a `KeyboardEvent` this decides by. */
export type KeyChord = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

/** Who gets a key that tmux did not take. */
export type KeyOwner = 'program' | 'browser' | 'copy';

/**
 * Decides between the program and the browser. Programs get all that a terminal emulator's would,
 * F1 to F10 included; the browser keeps what people miss when it is taken: F11, F12, every Ctrl+Shift
 * letter (reload, developer tools, paste), zoom with Ctrl and + - 0, and all of Command on a Mac.
 * Ctrl+Shift+C and Command+C copy. Elsewhere than on a Mac Ctrl+C copies too, once, while something is
 * selected, and clears the selection, so that the next one interrupts.
 */
export function keyOwner(event: KeyChord, isMac: boolean, hasSelection: boolean): KeyOwner {
  const key = event.key.toLowerCase();
  const isCopyKey = key === 'c' && !event.altKey;
  if (event.metaKey) {
    return isMac && isCopyKey && !event.ctrlKey && hasSelection ? 'copy' : 'browser';
  }
  if (key === 'f11' || key === 'f12') return 'browser';
  if (key === 'insert' && event.shiftKey) return 'browser';
  if (!event.ctrlKey || event.altKey) return 'program';
  // Without a selection it must not reach the browser either: there it opens the inspector.
  if (isCopyKey && event.shiftKey) return 'copy';
  if (isCopyKey && hasSelection && !isMac) return 'copy';
  if (key === 'insert') return hasSelection ? 'copy' : 'program';
  if (event.shiftKey && /^[a-z]$/.test(key)) return 'browser';
  if (!isMac && !event.shiftKey && ['=', '+', '-', '0'].includes(key)) return 'browser';
  return 'program';
}
