import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, inject, input, output, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { Role } from '#dto';
import { errorText } from '../ui/error-text';
import { Icon } from '../ui/icon';
import { Notices } from '../ui/notices';
import { PlainTitle } from '../ui/title-text';
import { AccountApi } from './account-api';
import { AccountDialog } from './account-dialog';

/** Who is signed in; opens what belongs to them. */
@Component({
  selector: 'app-identity-menu',
  imports: [AccountDialog, CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon, PlainTitle],
  template: `
    <button
      class="bare square"
      data-testid="identity"
      [title]="name() | plainTitle"
      [attr.aria-label]="'Signed in as ' + (name() | plainTitle)"
      [cdkMenuTriggerFor]="menu"
      (cdkMenuClosed)="isOpen() || closed.emit()"
    >
      <app-icon name="user" />
    </button>
    <ng-template #menu>
      <div cdkMenu class="menu" aria-label="Account">
        <div class="menu-label">
          {{ name() | plainTitle }}
          @if (role(); as role) {
            · {{ role }}
          }
          @if (readOnly()) {
            · read-only
          }
        </div>
        <button cdkMenuItem (cdkMenuItemTriggered)="isOpen.set(true)">
          <app-icon name="user" /><span class="grow">Account…</span>
        </button>
        @if (role() === 'admin') {
          <button cdkMenuItem (cdkMenuItemTriggered)="showAuditLog()">
            <app-icon name="shield" /><span class="grow">Audit log</span>
          </button>
        }
        <button cdkMenuItem (cdkMenuItemTriggered)="signOut()">
          <app-icon name="lock" /><span class="grow">Sign out</span>
        </button>
      </div>
    </ng-template>
    @defer (when isOpen()) {
      @if (isOpen()) {
        <app-account-dialog (closed)="close()" />
      }
    }
  `,
})
export class IdentityMenu {
  private readonly api = inject(AccountApi);
  private readonly router = inject(Router);
  private readonly notices = inject(Notices);

  readonly name = input.required<string>();
  readonly role = input<Role>();
  readonly readOnly = input(false);

  /** The person is done with the menu or the dialog it opened. */
  readonly closed = output();

  protected readonly isOpen = signal(false);

  protected close(): void {
    this.isOpen.set(false);
    this.closed.emit();
  }

  protected showAuditLog(): void {
    void this.router.navigate(['/audit']);
  }

  protected async signOut(): Promise<void> {
    try {
      await this.api.signOut();
      await this.router.navigate(['/sign-in']);
    } catch (error) {
      this.notices.push({ level: 'error', message: `Still signed in: ${errorText(error)}` });
    }
  }
}
