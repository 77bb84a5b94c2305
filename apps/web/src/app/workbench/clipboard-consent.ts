import { computed, DOCUMENT, effect, inject, Service, signal, untracked } from '@angular/core';
import { SessionStore } from '../stream/session-store';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { ClipboardWrites } from '../terminal/clipboard-writes';
import { copyText } from '../terminal/copy-text';
import { Notices } from '../ui/notices';

/** What programs of a session may do with the clipboard: `ask` means nothing until the person said so. */
export type ClipboardChoice = 'ask' | 'allow' | 'never';

/** Writes within `PERIOD_MS`; a program that writes more only wants to be in the way. */
const WRITES_MAX = 5;
const PERIOD_MS = 10_000;
const KEY = 'tmuxy.clipboard.';

/**
 * Lets programs write to the clipboard (OSC 52) after the person agreed, once for each tmux session and
 * browser tab. Nothing is ever read from the clipboard for a program, and nothing is pasted.
 */
@Service({ autoProvided: false })
export class ClipboardConsent {
  private readonly writes = inject(ClipboardWrites);
  private readonly store = inject(SessionStore);
  private readonly notices = inject(Notices);
  private readonly environment = inject(STREAM_ENVIRONMENT);
  private readonly document = inject(DOCUMENT);

  private readonly changes = signal(0);
  private readonly waiting = signal<{ readonly key: string; readonly text: string } | null>(null);
  private readonly writtenAt: number[] = [];

  private readonly key = computed(() => {
    const session = this.store.session();
    return session === null ? null : `${KEY}${session.id} ${session.name}`;
  });
  /** For the session that is open. */
  readonly choice = computed<ClipboardChoice>(() => {
    this.changes();
    const key = this.key();
    const stored = key === null ? null : this.storage?.getItem(key);
    return stored === 'allow' || stored === 'never' ? stored : 'ask';
  });
  /** The text the person is asked about. It stays the same until they answered. */
  readonly asked = computed(() => {
    const waiting = this.waiting();
    return waiting !== null && waiting.key === this.key() ? waiting.text : null;
  });

  constructor() {
    effect(() => {
      const write = this.writes.last();
      if (write === null) return;
      untracked(() => {
        this.writes.clear();
        this.consider(write.text);
      });
    });
  }

  /** Decides for the open session; with `allow` what was asked about is copied. */
  choose(choice: ClipboardChoice): void {
    const key = this.key();
    const text = this.asked();
    this.waiting.set(null);
    if (key === null) return;
    if (choice === 'ask') this.storage?.removeItem(key);
    else this.storage?.setItem(key, choice);
    this.changes.update((count) => count + 1);
    if (choice === 'allow' && text !== null) void this.write(text);
  }

  private get storage(): Storage | undefined {
    return this.document.defaultView?.sessionStorage;
  }

  private consider(text: string): void {
    const key = this.key();
    if (key === null || text === '') return;
    if (this.choice() === 'allow') void this.write(text);
    if (this.choice() === 'ask' && this.asked() === null) this.waiting.set({ key, text });
  }

  private async write(text: string): Promise<void> {
    const now = this.environment.now();
    while ((this.writtenAt[0] ?? now) < now - PERIOD_MS) this.writtenAt.shift();
    if (this.writtenAt.length >= WRITES_MAX) {
      this.warn('A program writes to the clipboard too often; what it wrote last was left out.');
      return;
    }
    this.writtenAt.push(now);
    const isCopied = this.document.hasFocus() && (await copyText(this.document, text));
    if (!isCopied) this.warn('A program’s text was not copied: this page was not in front.');
  }

  private warn(message: string): void {
    this.notices.push({ level: 'warning', message });
  }
}
