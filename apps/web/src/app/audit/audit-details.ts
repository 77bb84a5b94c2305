import { Component, computed, ElementRef, inject, input, output } from '@angular/core';
import type { AuditRecordView } from '#dto';
import { Icon } from '../ui/icon';
import { visibleText } from '../ui/visible-text';
import { actionWords } from './action-words';
import { CopyButton } from './copy-button';
import type { AuditFilters } from './filters';
import { wholeRow } from './other-half';
import { DETAIL_MAX_CHARS, jsonText, paramsOf, valueText, whoText } from './row-text';
import type { AuditRow } from './rows';
import { durationText, timeText } from './time-text';
import { VerdictChip } from './verdict-chip';

/** Most records of one row whose JSON is shown; an export has all. */
const WRITTEN_MAX = 20;

/** A field of the details; `filter` shows only records that have it in common. */
interface Field {
  readonly label: string;
  readonly value: string;
  readonly isCode?: boolean;
  /** As it is, for copying. */
  readonly copy?: string;
  readonly filter?: Partial<AuditFilters>;
}

/** Everything about one row: its fields, the proof that it stands in the log, and the records as written. */
@Component({
  selector: 'app-audit-details',
  imports: [CopyButton, Icon, VerdictChip],
  host: { role: 'region', 'aria-label': 'Record', tabindex: '-1', 'data-testid': 'audit-details' },
  templateUrl: './audit-details.html',
  styleUrl: './audit-details.css',
})
export class AuditDetails {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly row = input.required<AuditRow>();

  readonly closed = output();
  /** Only what has this in common is wanted. */
  readonly filtered = output<Partial<AuditFilters>>();
  /** The row before (-1) or after (1) in the list is wanted. */
  readonly moved = output<-1 | 1>();

  protected readonly whole = wholeRow(this.row);
  protected readonly record = computed(() => this.whole().record);
  protected readonly title = computed(() => actionWords(valueText(this.record().action)));
  protected readonly reason = computed(() => this.whole().reason);
  protected readonly general = computed(() => generalFields(this.whole()));
  protected readonly what = computed(() => whatFields(this.whole()));
  protected readonly proof = computed(() => proofFields(this.record()));
  /** The records of this row: the intent before its outcome, the newest of several. */
  protected readonly written = computed(() => {
    const { record, outcome, folded } = this.whole();
    const pair = outcome === null || outcome === record ? [record] : [record, outcome];
    const records = folded.length > 0 ? folded.slice(0, WRITTEN_MAX) : pair;
    return records.map((each) => ({
      seq: each.seq,
      name: nameOf(each, pair.length > 1),
      shown: jsonText(each),
      exact: JSON.stringify(each),
    }));
  });
  /** How many more there are. */
  protected readonly unwritten = computed(() =>
    Math.max(0, this.whole().folded.length - WRITTEN_MAX),
  );

  focus(): void {
    this.host.focus({ preventScroll: true });
  }

  protected shown(text: string): string {
    return visibleText(text, DETAIL_MAX_CHARS);
  }
}

function nameOf(record: AuditRecordView, isPair: boolean): string {
  if (record.intent !== undefined) return `Outcome, record ${String(record.seq)}`;
  return `${isPair ? 'Intent, record' : 'Record'} ${String(record.seq)}`;
}

function generalFields(row: AuditRow): readonly Field[] {
  const { record, outcome } = row;
  const who = whoText(row);
  const actor = record.actor.name ?? outcome?.actor.name ?? null;
  const latency = outcome?.latencyUs ?? record.latencyUs;
  return [
    { label: 'When', value: timeText(record.ts, 0).exact },
    {
      label: 'Who',
      value: who.role === null ? who.name : `${who.name} (${who.role})`,
      ...(actor === null ? {} : { filter: { actor } }),
    },
    ...some('Signed in by', who.from),
    ...some('Credential', valueText(record.actor.credential ?? ''), true),
    {
      label: 'Action',
      value: valueText(record.action),
      isCode: true,
      filter: { action: record.action },
    },
    ...some('Rule', valueText(record.rule ?? outcome?.rule ?? ''), true),
    ...(latency === undefined ? [] : [{ label: 'Took', value: durationText(latency) }]),
  ];
}

/** Target and parameters, each value on its own and whole. */
function whatFields(row: AuditRow): readonly Field[] {
  const values = { ...row.record.target, ...paramsOf(row) };
  return Object.entries(values).map(([key, value]) => ({
    label: valueText(key),
    value: valueText(value, DETAIL_MAX_CHARS),
    isCode: true,
    copy: typeof value === 'string' ? value : JSON.stringify(value),
    ...(key === 'session' && typeof value === 'string' ? { filter: { session: value } } : {}),
  }));
}

function proofFields(record: AuditRecordView): readonly Field[] {
  const { correlationId } = record;
  return [
    { label: 'Number', value: String(record.seq), isCode: true, copy: String(record.seq) },
    { label: 'Hash', value: record.hash, isCode: true, copy: record.hash },
    { label: 'Hash before', value: record.prev, isCode: true, copy: record.prev },
    ...(correlationId === undefined
      ? []
      : [
          {
            label: 'Correlation id',
            value: valueText(correlationId),
            isCode: true,
            copy: correlationId,
            filter: { q: correlationId },
          },
        ]),
    { label: 'Machine', value: valueText(record.host), isCode: true },
    { label: 'Process', value: valueText(record.epoch), isCode: true },
    { label: 'Its clock', value: `${durationText(record.mono)} since it began` },
  ];
}

function some(label: string, value: string, isCode = false): readonly Field[] {
  return value === '' ? [] : [{ label, value, isCode }];
}
