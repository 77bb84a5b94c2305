import { Component, inject } from '@angular/core';
import { Icon } from './icon';
import { Notices } from './notices';

/** Notices in the lower right corner, read out by screen readers as they come. */
@Component({
  selector: 'app-notice-list',
  imports: [Icon],
  template: `
    <div class="list" aria-live="polite" aria-relevant="additions">
      @for (notice of notices.shown(); track notice.id) {
        <div
          class="notice"
          data-testid="notice"
          [class]="notice.level"
          [attr.role]="notice.level === 'error' ? 'alert' : 'status'"
        >
          <div class="text">
            {{ notice.message }}
            @if (notice.facts; as facts) {
              <dl>
                @for (fact of facts; track fact.name) {
                  <dt>{{ fact.name }}</dt>
                  <dd>{{ fact.value }}</dd>
                }
              </dl>
            }
          </div>
          <button class="bare square" aria-label="Dismiss" (click)="notices.dismiss(notice.id)">
            <app-icon name="close" />
          </button>
        </div>
      }
    </div>
  `,
  styles: `
    .list {
      position: fixed;
      z-index: 900;
      right: 12px;
      bottom: 40px;
      display: flex;
      flex-direction: column;
      gap: 8px;
      width: min(380px, calc(100vw - 24px));
      pointer-events: none;
    }
    .notice {
      display: flex;
      gap: 8px;
      align-items: center;
      padding: 6px 6px 6px 12px;
      border: 1px solid var(--line);
      border-left: 3px solid var(--accent);
      border-radius: var(--radius);
      background: var(--surface-raised);
      box-shadow: var(--shadow);
      pointer-events: auto;
    }
    .notice.warning {
      border-left-color: var(--warning);
    }
    .notice.error {
      border-left-color: var(--danger);
    }
    .text {
      flex: 1;
      min-width: 0;
      padding: 4px 0;
      overflow-wrap: anywhere;
    }
    dl {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 2px 10px;
      margin-top: 4px;
    }
    dt {
      color: var(--text-quiet);
    }
  `,
})
export class NoticeList {
  protected readonly notices = inject(Notices);
}
