import { Component, computed, inject } from '@angular/core';
import { SessionStore } from '../../stream/session-store';
import { Icon } from '../../ui/icon';
import { sanitizeTitle } from '../../ui/title-text';
import { SessionCommands } from '../session-commands';
import { TerminalFocus } from '../terminal-focus';

/** Who is here, whose screen sizes the session, and the way to take that seat. */
@Component({
  selector: 'app-driver-badge',
  imports: [Icon],
  template: `
    @if (store.viewers().length > 1) {
      <span class="viewers" [title]="names()" [attr.aria-label]="'Here: ' + names()">
        <app-icon name="eye" /> {{ store.viewers().length }}
      </span>
    }
    @if (!store.isDriver() && store.connection().status === 'live') {
      <span class="text">{{ driverText() }}</span>
      @if (store.canType()) {
        <button
          class="bare"
          data-testid="take-driver"
          title="Size the session to this screen"
          (click)="take()"
        >
          <app-icon name="fit" /> Take over
        </button>
      }
    } @else if (store.isDriver() && store.viewers().length > 1) {
      <span class="text">You size this session</span>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex: none;
      gap: 8px;
      align-items: center;
      color: var(--text-quiet);
      white-space: nowrap;
    }
    .viewers {
      display: inline-flex;
      gap: 4px;
      align-items: center;
    }
    button {
      color: var(--accent);
    }
    @media (max-width: 560px) {
      .viewers {
        display: none;
      }
    }
    @media (max-width: 760px) {
      .text {
        display: none;
      }
    }
  `,
})
export class DriverBadge {
  private readonly commands = inject(SessionCommands);
  private readonly focus = inject(TerminalFocus);
  protected readonly store = inject(SessionStore);

  protected readonly names = computed(() =>
    this.store
      .viewers()
      .map(({ name, readOnly }) => sanitizeTitle(name) + (readOnly ? ' (read-only)' : ''))
      .join(', '),
  );
  protected readonly driverText = computed(() => {
    const driver = this.store
      .viewers()
      .find((viewer) => viewer.connectionId === this.store.driver());
    if (driver === undefined) return 'Nobody here sizes it';
    const isMe = driver.name === this.store.info()?.identity.name;
    return isMe ? 'Another screen of yours sizes it' : `${sanitizeTitle(driver.name)} sizes it`;
  });

  protected take(): void {
    void this.commands.run('take-driver', {});
    this.focus.toActive();
  }
}
