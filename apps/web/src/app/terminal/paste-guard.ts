import { computed, DOCUMENT, inject, Service, signal } from '@angular/core';
import type { PaneId } from '#dto';
import { InputQueue } from '../stream/input-queue';
import { pasteText } from './paste-text';
import { Terminals } from './terminals';

const SETTING_KEY = 'tmuxy.ask-before-paste';

/** A paste that waits for the person. */
export interface WaitingPaste {
  readonly pane: PaneId;
  readonly text: string;
  /** Lines that would run. */
  readonly lines: number;
}

/**
 * Everything that is pasted or dropped goes through here. Where the program did not ask for brackets
 * (mode 2004), each line of a paste runs as it comes, so the person is asked first; a setting of this
 * browser turns that off.
 */
@Service({ autoProvided: false })
export class PasteGuard {
  private readonly queue = inject(InputQueue);
  private readonly terminals = inject(Terminals);
  private readonly document = inject(DOCUMENT);

  private readonly waiting = signal<WaitingPaste | null>(null);
  private readonly isOn = signal(this.storage?.getItem(SETTING_KEY) !== 'no');

  readonly asked = this.waiting.asReadonly();
  /** Whether this browser asks at all. */
  readonly asks = computed(() => this.isOn());

  setAsks(asks: boolean): void {
    this.isOn.set(asks);
    this.storage?.setItem(SETTING_KEY, asks ? 'yes' : 'no');
  }

  paste(pane: PaneId, raw: string): void {
    const text = pasteText(raw);
    const isBracketed = this.terminals.get(pane)?.modes.bracketedPasteMode ?? false;
    if (!this.asks() || isBracketed || !text.includes('\n')) {
      this.queue.paste(pane, text);
      return;
    }
    // One is refused before the person is asked about it.
    if (!this.queue.mayPaste(text)) return;
    const lines = text.replace(/\n$/, '').split('\n').length;
    this.waiting.set({ pane, text, lines });
  }

  /** The person's answer. */
  decide(isYes: boolean): void {
    const paste = this.waiting();
    this.waiting.set(null);
    if (isYes && paste !== null) this.queue.paste(paste.pane, paste.text);
  }

  private get storage(): Storage | undefined {
    return this.document.defaultView?.localStorage;
  }
}
