import { Component, computed, input } from '@angular/core';
import { actionWords } from './action-words';
import { valueText, whatText, whoText } from './row-text';
import type { Fact } from './row-text';
import type { AuditRow } from './rows';
import { timeText } from './time-text';
import { VerdictChip } from './verdict-chip';

/** One row of the list: a line of a table, or a card where there is no room for one. */
@Component({
  selector: 'app-audit-entry',
  imports: [VerdictChip],
  host: { 'data-testid': 'audit-row', '[class]': 'row().verdict' },
  templateUrl: './audit-entry.html',
  styleUrl: './audit-entry.css',
})
export class AuditEntry {
  readonly row = input.required<AuditRow>();
  /** Epoch milliseconds, to tell today from other days. */
  readonly now = input.required<number>();

  protected readonly time = computed(() => timeText(this.row().record.ts, this.now()));
  protected readonly who = computed(() => whoText(this.row()));
  protected readonly action = computed(() => actionWords(valueText(this.row().record.action)));
  protected readonly code = computed(() => valueText(this.row().record.action));
  protected readonly reason = computed(() => valueText(this.row().reason ?? ''));
  private readonly what = computed(() => whatText(this.row()));
  /** The second line says why not, if there is something to say. */
  protected readonly lines = computed((): readonly (readonly Fact[])[] => {
    const { main, rest } = this.what();
    return this.reason() === '' ? [main, rest] : [[...main, ...rest]];
  });
}
