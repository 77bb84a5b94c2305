/** A key as `KeyboardEvent` describes it; xterm reads the legacy `keyCode`. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly ctrlKey?: boolean;
  readonly altKey?: boolean;
}

/** Keys that a phone's keyboard lacks. */
export const BAR_KEYS = {
  Escape: { key: 'Escape', code: 'Escape', keyCode: 27 },
  Tab: { key: 'Tab', code: 'Tab', keyCode: 9 },
  ArrowLeft: { key: 'ArrowLeft', code: 'ArrowLeft', keyCode: 37 },
  ArrowUp: { key: 'ArrowUp', code: 'ArrowUp', keyCode: 38 },
  ArrowRight: { key: 'ArrowRight', code: 'ArrowRight', keyCode: 39 },
  ArrowDown: { key: 'ArrowDown', code: 'ArrowDown', keyCode: 40 },
} as const satisfies Record<string, KeyPress>;

/** The key that types a character. */
export function keyOfCharacter(character: string): KeyPress {
  const upper = character.toUpperCase();
  const code = /^[A-Z]$/.test(upper) ? `Key${upper}` : /^\d$/.test(upper) ? `Digit${upper}` : '';
  return { key: character, code, keyCode: upper.charCodeAt(0) };
}

/** The key of a tmux prefix like `C-b` or `M-a`; null for one that no letter key makes. */
export function keyOfPrefix(prefix: string): KeyPress | null {
  const found = /^((?:[CM]-)+)(.)$/u.exec(prefix);
  const modifiers = found?.[1];
  const character = found?.[2];
  if (modifiers === undefined || character === undefined) return null;
  return {
    ...keyOfCharacter(character),
    ctrlKey: modifiers.includes('C-'),
    altKey: modifiers.includes('M-'),
  };
}

/**
 * Presses a key on an element as a keyboard would, so that key tables, copy mode and the
 * program's own key modes all apply.
 */
export function pressKey(target: HTMLElement, press: KeyPress): void {
  const init = { bubbles: true, cancelable: true, ...press };
  target.dispatchEvent(new KeyboardEvent('keydown', init));
  target.dispatchEvent(new KeyboardEvent('keyup', init));
}
