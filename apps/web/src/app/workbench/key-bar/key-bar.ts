import { Component, computed, DestroyRef, DOCUMENT, inject, signal } from '@angular/core';
import { KeyDispatcher } from '../../keys/key-dispatcher';
import { SessionStore } from '../../stream/session-store';
import { Icon } from '../../ui/icon';
import { PaneActions } from '../pane-actions';
import { TerminalFocus } from '../terminal-focus';
import { BAR_KEYS, keyOfCharacter, keyOfPrefix, pressKey } from './synthetic-key';
import type { KeyPress } from './synthetic-key';

/** Keys that touch keyboards lack. Ctrl and Alt stay down for the next key. */
@Component({
  selector: 'app-key-bar',
  imports: [Icon],
  host: { 'data-testid': 'key-bar', role: 'toolbar', 'aria-label': 'Keys' },
  templateUrl: './key-bar.html',
  styleUrl: './key-bar.css',
})
export class KeyBar {
  private readonly store = inject(SessionStore);
  private readonly focus = inject(TerminalFocus);
  private readonly dispatcher = inject(KeyDispatcher);
  private readonly actions = inject(PaneActions);

  protected readonly keys = BAR_KEYS;
  protected readonly ctrl = signal(false);
  protected readonly alt = signal(false);
  protected readonly prefix = computed(() => this.store.keyBindings()?.prefixes[0] ?? null);

  constructor() {
    const document = inject(DOCUMENT);
    const listening = new AbortController();
    const options = { signal: listening.signal, capture: true };
    // Touch keyboards report no usable keydown; what they type is known only here.
    document.addEventListener(
      'beforeinput',
      (event) => {
        this.onTyped(event);
      },
      options,
    );
    inject(DestroyRef).onDestroy(() => {
      listening.abort();
    });
  }

  protected press(key: KeyPress): void {
    this.send({ ...key, ctrlKey: this.ctrl(), altKey: this.alt() });
  }

  protected pressPrefix(): void {
    const key = keyOfPrefix(this.prefix() ?? '');
    if (key !== null) this.send(key);
  }

  protected paste(): void {
    const pane = this.store.activePane();
    if (pane !== null) void this.actions.paste(pane);
  }

  /** Buttons must not take the focus: that would close the touch keyboard. */
  protected keepFocus(event: Event): void {
    event.preventDefault();
  }

  private onTyped(event: InputEvent): void {
    const input = this.focus.input();
    // A binding's key too: what only types text would pass the key tables by.
    const isKey = this.ctrl() || this.alt() || this.dispatcher.armed() !== null;
    if (!isKey || event.target !== input || event.data === null || event.data === '') return;
    event.preventDefault();
    event.stopPropagation();
    this.press(keyOfCharacter(event.data));
  }

  private send(key: KeyPress): void {
    const input = this.focus.input();
    if (input === null) return;
    this.ctrl.set(false);
    this.alt.set(false);
    pressKey(input, key);
  }
}
