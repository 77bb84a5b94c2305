import { Component, computed, inject } from '@angular/core';
import { PasteGuard } from '../../terminal/paste-guard';
import { Dialog } from '../../ui/dialog';
import { FocusOnShow } from '../../ui/focus-on-show';
import { visibleText } from '../../ui/visible-text';
import { TerminalFocus } from '../terminal-focus';

const PREVIEW_CHARS = 2_000;

/** Asks before several lines are pasted into a program that would run each as it comes. */
@Component({
  selector: 'app-paste-dialog',
  imports: [Dialog, FocusOnShow],
  host: { 'data-testid': 'paste-dialog' },
  template: `
    @if (guard.asked(); as paste) {
      <app-dialog label="Paste these lines?" (closed)="decide(false)">
        <div class="body">
          <p>
            Paste {{ paste.lines === 1 ? 'this line' : paste.lines + ' lines' }}? The program does
            not hold pastes back: what ends with a new line runs at once.
          </p>
          <!-- Not a button: who pastes often presses Enter right after it. -->
          <pre appFocusOnShow tabindex="0">{{ preview() }}</pre>
          <label>
            <input
              type="checkbox"
              [checked]="!guard.asks()"
              (change)="guard.setAsks(!guard.asks())"
            />
            Do not ask again in this browser
          </label>
          <div class="buttons">
            <button (click)="decide(false)">Cancel</button>
            <button class="primary" (click)="decide(true)">Paste</button>
          </div>
        </div>
      </app-dialog>
    }
  `,
  styles: `
    .body {
      display: flex;
      flex-direction: column;
      gap: 12px;
      min-height: 0;
      padding: 14px 16px;
    }
    pre {
      max-height: 40vh;
      margin: 0;
      padding: 8px 12px;
      overflow: auto;
      border-radius: var(--radius);
      background: var(--surface-hover);
      font: 12px / 1.5 var(--cell-font-family);
    }
    label {
      display: flex;
      gap: 8px;
      align-items: center;
    }
    .buttons {
      display: flex;
      gap: 8px;
      justify-content: flex-end;
    }
  `,
})
export class PasteDialog {
  private readonly focus = inject(TerminalFocus);
  protected readonly guard = inject(PasteGuard);

  /** Line ends stay line ends, all else unseen is shown. */
  protected readonly preview = computed(() =>
    visibleText(this.guard.asked()?.text ?? '', PREVIEW_CHARS)
      .replaceAll('\u240a', '\n')
      .replaceAll('\u2409', '\t'),
  );

  protected decide(isYes: boolean): void {
    this.guard.decide(isYes);
    this.focus.toActive();
  }
}
