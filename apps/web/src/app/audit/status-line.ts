import { Component, computed, input, output, signal } from '@angular/core';
import type { AuditStatusView } from '#dto';
import { Icon } from '../ui/icon';
import { checkpointSize } from './checkpoint';
import { VerifyDialog } from './verify-dialog';

/** How the log is doing, and the way to prove it. */
@Component({
  selector: 'app-status-line',
  imports: [Icon, VerifyDialog],
  template: `
    @if (status().state === 'recording') {
      <span class="state"><span class="light" aria-hidden="true"></span>Recording</span>
    } @else {
      <span class="state failing"><app-icon name="alert" />Not recording</span>
    }
    <span data-testid="audit-size">{{ count(status().size) }} records</span>
    <span class="checkpoint">{{ checkpoint() }}</span>
    <button class="bare" (click)="isVerifying.set(true)"><app-icon name="shield" /> Verify…</button>
    @if (isVerifying()) {
      <app-verify-dialog [status]="status()" (closed)="close()" />
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 14px;
      align-items: center;
      color: var(--text-quiet);
      font-size: 12px;
    }
    .state {
      display: inline-flex;
      gap: 7px;
      align-items: center;
      color: var(--text);
      font-weight: 600;
    }
    .state.failing {
      color: var(--danger);
    }
    .light {
      width: 8px;
      height: 8px;
      border-radius: 50%;
      background: var(--accent);
    }
    @media (max-width: 560px) {
      .checkpoint {
        display: none;
      }
    }
    button {
      margin-left: -8px;
      color: inherit;
      font-size: inherit;
    }
  `,
})
export class StatusLine {
  readonly status = input.required<AuditStatusView>();

  /** The dialog is closed again. */
  readonly closed = output();

  protected readonly isVerifying = signal(false);
  protected readonly checkpoint = computed(() => {
    const size = checkpointSize(this.status().checkpoint);
    return size === null ? 'no signed checkpoint yet' : `signed up to ${this.count(size)}`;
  });

  protected count(value: number): string {
    return value.toLocaleString();
  }

  protected close(): void {
    this.isVerifying.set(false);
    this.closed.emit();
  }
}
