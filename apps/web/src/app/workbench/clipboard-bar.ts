import { Component, computed, effect, inject, signal } from '@angular/core';
import { SessionStore } from '../stream/session-store';
import { Icon } from '../ui/icon';
import { PlainTitle } from '../ui/title-text';
import { visibleText } from '../ui/visible-text';
import { ClipboardConsent } from './clipboard-consent';
import type { ClipboardChoice } from './clipboard-consent';
import { TerminalFocus } from './terminal-focus';

/** Characters of the text that are shown. */
const PREVIEW_CHARS = 200;
/** A press meant for the terminal must not hit a button that has just come. */
const ARM_MS = 500;

/** Asks whether programs of this session may write to the clipboard; work goes on meanwhile. */
@Component({
  selector: 'app-clipboard-bar',
  imports: [Icon, PlainTitle],
  template: `
    <div aria-live="polite">
      @if (preview(); as text) {
        <div class="bar" role="region" aria-label="Clipboard" data-testid="clipboard-bar">
          <app-icon name="clipboard" />
          <div class="text">
            <p>
              A program in “{{ store.session()?.name | plainTitle }}” wants to write to your
              clipboard:
            </p>
            <code>{{ text }}</code>
          </div>
          <button [disabled]="!isArmed()" (click)="choose('allow')">Allow for this session</button>
          <button [disabled]="!isArmed()" (click)="choose('never')">Never</button>
        </div>
      }
    </div>
  `,
  styles: `
    .bar {
      position: absolute;
      z-index: 15;
      right: 0;
      bottom: 0;
      left: 0;
      display: flex;
      flex-wrap: wrap;
      gap: 8px 10px;
      align-items: center;
      padding: 8px 10px;
      border-top: 1px solid var(--line);
      background: var(--surface-raised);
      box-shadow: var(--shadow);
    }
    .bar > app-icon {
      color: var(--accent);
    }
    .text {
      flex: 1 1 260px;
      min-width: 0;
    }
    code {
      display: block;
      max-height: 5.8em;
      margin-top: 2px;
      overflow: auto;
      color: var(--text-quiet);
      overflow-wrap: anywhere;
    }
  `,
})
export class ClipboardBar {
  private readonly consent = inject(ClipboardConsent);
  private readonly focus = inject(TerminalFocus);
  protected readonly store = inject(SessionStore);

  protected readonly preview = computed(() => {
    const text = this.consent.asked();
    return text === null ? null : visibleText(text, PREVIEW_CHARS);
  });
  protected readonly isArmed = signal(false);

  constructor() {
    effect((onCleanup) => {
      if (this.preview() === null) return;
      this.isArmed.set(false);
      const timer = setTimeout(() => {
        this.isArmed.set(true);
      }, ARM_MS);
      onCleanup(() => {
        clearTimeout(timer);
      });
    });
  }

  protected choose(choice: ClipboardChoice): void {
    this.consent.choose(choice);
    this.focus.toActive();
  }
}
