import { Component, computed, inject, output, signal } from '@angular/core';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { PlainTitle } from '../ui/title-text';
import { AccessTokens } from './access-tokens';
import { AccountApi } from './account-api';
import { SignIns } from './sign-ins';

/** Who I am, where I am signed in, and my access tokens; for admins everybody's. */
@Component({
  selector: 'app-account-dialog',
  imports: [AccessTokens, Dialog, Icon, PlainTitle, SignIns],
  host: { 'data-testid': 'account' },
  template: `
    <app-dialog label="Account" [wide]="true" (closed)="closed.emit()">
      <header>
        <h2>Account</h2>
        <button class="bare square" aria-label="Close" (click)="closed.emit()">
          <app-icon name="close" />
        </button>
      </header>
      <div class="body">
        @if (view(); as me) {
          <p class="me">
            <b>{{ me.name | plainTitle }}</b>
            <span class="badge">{{ me.role }}</span>
            @if (me.readOnly) {
              <span class="badge">read-only</span>
            }
            @if (me.role === 'admin') {
              <label>
                <input type="checkbox" [checked]="all()" (change)="all.set(!all())" />
                Show everybody’s
              </label>
            }
          </p>
          <app-sign-ins [all]="all()" />
          <app-access-tokens [all]="all()" [role]="me.role" [readOnly]="me.readOnly" />
        }
      </div>
    </app-dialog>
  `,
  styleUrl: './account.css',
})
export class AccountDialog {
  private readonly me = inject(AccountApi).me();

  readonly closed = output();

  protected readonly view = computed(() => (this.me.hasValue() ? this.me.value() : null));
  protected readonly all = signal(false);
}
