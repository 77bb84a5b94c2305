import { Component, computed, input } from '@angular/core';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icon-paths';
import type { Verdict } from './rows';

const CHIPS: Readonly<Record<Verdict, { icon: IconName; text: string; title: string }>> = {
  allowed: { icon: 'check', text: 'allowed', title: 'Allowed, and nothing says that it failed' },
  denied: { icon: 'deny', text: 'denied', title: 'Denied by a rule or for want of a right' },
  failed: { icon: 'alert', text: 'failed', title: 'Allowed, and then it failed' },
  pending: {
    icon: 'clock',
    text: 'pending',
    title: 'Allowed; its end is not recorded: it still runs, or the server ended before it',
  },
  noted: { icon: 'dot', text: 'noted', title: 'Recorded; there was nothing to decide' },
};

/** How something ended: by colour, picture and word. */
@Component({
  selector: 'app-verdict-chip',
  imports: [Icon],
  host: { '[class]': 'verdict()', '[title]': 'chip().title' },
  template: `<app-icon [name]="chip().icon" />{{ chip().text }}`,
  styles: `
    :host {
      display: inline-flex;
      gap: 5px;
      align-items: center;
      padding: 0 8px 0 6px;
      border-radius: 10px;
      background: var(--surface-hover);
      color: var(--text-quiet);
      font-size: var(--size-small);
      font-weight: 600;
      line-height: 20px;
      white-space: nowrap;
    }
    /* Most rows are that: they step back behind the others. */
    :host(.allowed),
    :host(.noted) {
      padding: 0;
      background: transparent;
    }
    :host(.allowed) {
      color: var(--accent);
    }
    :host(.denied) {
      background: var(--danger);
      color: var(--cell-background);
    }
    :host(.failed) {
      background: color-mix(in oklab, var(--warning) 18%, var(--cell-background));
      color: var(--warning);
    }
  `,
})
export class VerdictChip {
  readonly verdict = input.required<Verdict>();

  protected readonly chip = computed(() => CHIPS[this.verdict()]);
}
