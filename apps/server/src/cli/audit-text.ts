import type { AuditRecord } from '#audit-log';
import type { DamageFinding } from '../audit/query/audit-line.js';
import { printable } from '../audit/query/printable.js';

/** Longest value of a target or parameter that is shown, in characters. */
const VALUE_MAX = 120;

/**
 * A record as a line for people: when, who, what, to what and with what, and how it went. Names and texts in it were chosen by
 * others: what a terminal would act on is shown as `\u{1b}`.
 */
export function recordText(record: AuditRecord): string {
  const { ts, action, target, params, decision, rule, outcome, reason } = record;
  const failing = decision === 'denied' || outcome === 'failed';
  const words = [
    ts,
    actorText(record),
    action,
    ...Object.entries({ ...target, ...params }).map(
      ([name, value]) => `${name}=${valueText(value)}`,
    ),
    verdictText(decision, outcome),
    ...(failing && rule !== undefined ? [`rule=${rule}`] : []),
    ...(failing && reason !== undefined ? [`(${reason})`] : []),
  ];
  return printable(words.filter((word) => word !== '').join('  '));
}

/** What a line is that is no record, for people. */
export function damageText({ segment, offset, length, reason }: DamageFinding): string {
  const what = {
    'too-long': 'is too long to be a record',
    'no-record': 'is no record',
    torn: 'has no end',
  }[reason];
  return `${segment}: the line at byte ${offset} (${length} bytes) ${what}. See: tmuxy audit verify`;
}

function actorText({ actor }: AuditRecord): string {
  const who = actor.name ?? (actor.credential === 'server' ? 'server' : '-');
  const how = actor.credential === 'cli' ? ' (cli)' : '';
  return `${who}${actor.address === null ? '' : `@${actor.address}`}${how}`;
}

function verdictText(decision: AuditRecord['decision'], outcome: AuditRecord['outcome']): string {
  return outcome ?? decision ?? '';
}

function valueText(value: unknown): string {
  const text =
    typeof value === 'string' && /^[^\s"=]+$/u.test(value) ? value : JSON.stringify(value);
  return text.length <= VALUE_MAX ? text : `${text.slice(0, VALUE_MAX)}…`;
}
