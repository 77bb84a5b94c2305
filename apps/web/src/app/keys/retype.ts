/** Presses a key again, where the keyboard is now; where it was when nothing has it. */
export function retype(event: KeyboardEvent, document: Document): void {
  const { activeElement, body } = document;
  const target = activeElement === null || activeElement === body ? event.target : activeElement;
  if (target === null) return;
  const { key, code, ctrlKey, altKey, shiftKey, metaKey } = event;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- xterm reads the legacy keyCode
  const { keyCode } = event;
  const modifiers = { ctrlKey, altKey, shiftKey, metaKey };
  const init = { key, code, keyCode, ...modifiers, bubbles: true, cancelable: true };
  if (target.dispatchEvent(new KeyboardEvent('keydown', init))) {
    const isText = /^.$/u.test(key) && !ctrlKey && !altKey && !metaKey;
    if (target instanceof HTMLButtonElement) press(target, key);
    else if (isText && target instanceof HTMLInputElement) insert(target, key);
    else if (isText) {
      // xterm takes characters from keypress.
      const charCode = key.codePointAt(0) ?? 0;
      target.dispatchEvent(new KeyboardEvent('keypress', { ...init, charCode }));
    }
  }
  target.dispatchEvent(new KeyboardEvent('keyup', init));
}

function press(button: HTMLButtonElement, key: string): void {
  if (key === 'Enter' || key === ' ') button.click();
}

function insert(input: HTMLInputElement, text: string): void {
  const end = input.value.length;
  input.setRangeText(text, input.selectionStart ?? end, input.selectionEnd ?? end, 'end');
  input.dispatchEvent(new InputEvent('input', { data: text, bubbles: true }));
}
