import { Component, computed, input, output } from '@angular/core';
import type { AuditStatusView } from '#dto';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { CopyButton } from './copy-button';

/** What somebody needs to check the log without trusting this server. */
@Component({
  selector: 'app-verify-dialog',
  imports: [CopyButton, Dialog, Icon],
  template: `
    <app-dialog label="How to verify the log" [wide]="true" (closed)="closed.emit()">
      <header>
        <h2>How to verify the log</h2>
        <button class="bare square" aria-label="Close" (click)="closed.emit()">
          <app-icon name="close" />
        </button>
      </header>
      <div class="body">
        <p>
          Each record holds the hash of the one before, and checkpoints sign how long the log is and
          what is in it. Whoever has the files and the public key can check that nothing was
          changed, left out, put in another order or cut off. No server is needed:
        </p>
        <div class="copied">
          <code data-testid="verify-command">{{ command() }}</code>
          <app-copy-button label="Copy the command" [text]="command()" />
        </div>
        <h3>Public key</h3>
        <div class="copied">
          <code>{{ status().publicKey }}</code>
          <app-copy-button label="Copy the public key" [text]="status().publicKey" />
        </div>
        <p class="quiet">
          Keep it elsewhere than the log: a key that comes from this page is worth as much as this
          server.
        </p>
        <h3>Last signed checkpoint</h3>
        @if (status().checkpoint; as note) {
          <div class="copied">
            <code>{{ note }}</code>
            <app-copy-button label="Copy the checkpoint" [text]="note" />
          </div>
          <p class="quiet">
            Whoever keeps one elsewhere can later show that the log still begins with all that it
            signs.
          </p>
        } @else {
          <p class="quiet">None yet. One is signed after some time or some records.</p>
        }
      </div>
    </app-dialog>
  `,
  styles: `
    :host {
      color: var(--text);
      font-size: var(--size-text);
    }
    header {
      display: flex;
      align-items: center;
      justify-content: space-between;
      padding: 6px 6px 6px 16px;
      border-bottom: 1px solid var(--line);
    }
    h2 {
      font-size: 15px;
    }
    h3 {
      margin: 16px 0 6px;
      font-size: var(--size-text);
    }
    .body {
      padding: 14px 16px 18px;
      overflow-y: auto;
    }
    .copied {
      display: flex;
      gap: 8px;
      align-items: flex-start;
      padding: 6px 6px 6px 12px;
      border-radius: var(--radius);
      background: var(--surface);
    }
    p + .copied {
      margin-top: 10px;
    }
    code {
      flex: 1;
      align-self: center;
      min-width: 0;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
      user-select: all;
    }
    .quiet {
      margin-top: 6px;
      color: var(--text-quiet);
      font-size: 12px;
    }
  `,
})
export class VerifyDialog {
  readonly status = input.required<AuditStatusView>();

  readonly closed = output();

  protected readonly command = computed(
    () => `tmuxy audit verify --key '${this.status().publicKey}'`,
  );
}
