import { DOCUMENT, inject, Service } from '@angular/core';
import { SessionStore } from '../stream/session-store';

/** Gives the keyboard back to the active pane after a menu, a prompt or a dialog. */
@Service({ autoProvided: false })
export class TerminalFocus {
  private readonly document = inject(DOCUMENT);
  private readonly store = inject(SessionStore);

  /** The element xterm reads keys from; null before the active pane is drawn. */
  input(): HTMLTextAreaElement | null {
    const pane = this.store.activePane();
    if (pane === null) return null;
    return this.document.querySelector<HTMLTextAreaElement>(
      `[data-pane="${pane}"] .xterm-helper-textarea`,
    );
  }

  /** At once, so that the next key is not lost: also out of a dialog that is about to go. */
  toActive(): void {
    this.input()?.focus({ preventScroll: true });
  }

  /**
   * After a menu: once it gave the focus back to its button, and unless a field, a dialog, the files
   * or the next menu has it now.
   */
  afterMenu(): void {
    setTimeout(() => {
      const isTaken = this.document.activeElement?.matches(
        'input, [role=menu] *, [role=dialog], [role=dialog] *, [role=alertdialog] *, app-file-panel *',
      );
      if (isTaken !== true) this.toActive();
    });
  }
}
