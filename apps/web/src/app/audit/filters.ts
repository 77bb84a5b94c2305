import type { Params } from '@angular/router';

export const VERDICT_FILTERS = ['allowed', 'denied', 'failed'] as const;
export type VerdictFilter = (typeof VERDICT_FILTERS)[number];

export const QUICK_RANGES = ['hour', 'today', 'week'] as const;
export type QuickRange = (typeof QUICK_RANGES)[number];

/** What of the log is looked at; an empty string: any. */
export interface AuditFilters {
  /** Text anywhere in a record. */
  readonly q: string;
  readonly actor: string;
  /** A code, or a group like `file.*`. */
  readonly action: string;
  readonly session: string;
  readonly verdict: VerdictFilter | '';
  /** Counted from when it is asked for; wins over `since` and `until`. */
  readonly range: QuickRange | '';
  /** ISO 8601. */
  readonly since: string;
  readonly until: string;
}

export const NO_FILTERS: AuditFilters = {
  q: '',
  actor: '',
  action: '',
  session: '',
  verdict: '',
  range: '',
  since: '',
  until: '',
};

/** Longest text of a filter; an address is bounded, too. */
const TEXT_MAX_CHARS = 200;
const HOUR_MS = 3_600_000;
const WEEK_DAYS = 7;

/** The filters that an address shows; what makes no sense there is as if it were absent. */
export function filtersFromUrl(params: Params): AuditFilters {
  return {
    q: text(params['q']),
    actor: text(params['actor']),
    action: text(params['action']),
    session: text(params['session']),
    verdict: oneOf(VERDICT_FILTERS, params['verdict']),
    range: oneOf(QUICK_RANGES, params['range']),
    since: time(params['since']),
    until: time(params['until']),
  };
}

/** Query parameters of the page's address; null takes one away. */
export function filtersToUrl(filters: AuditFilters): Params {
  const { since, until, ...others } = filters;
  const all = {
    ...others,
    ...(filters.range === '' ? { since, until } : { since: '', until: '' }),
  };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value || null]));
}

/** Query of `GET /api/audit`, its events and its exports. @param now epoch milliseconds */
export function filtersToQuery(filters: AuditFilters, now: number): Record<string, string> {
  const { q, actor, action, session, verdict, range } = filters;
  const between =
    range === ''
      ? { since: filters.since, until: filters.until }
      : { since: beginOf(range, now), until: '' };
  const all = {
    q,
    actor,
    action,
    session,
    decision: verdict === 'failed' ? '' : verdict,
    outcome: verdict === 'failed' ? 'failed' : '',
    ...between,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** How many filters are set beside the search. */
export function filterCount(filters: AuditFilters): number {
  const { actor, action, session, verdict, range, since, until } = filters;
  const isTimed = range !== '' || since !== '' || until !== '';
  return [actor, action, session, verdict].filter((value) => value !== '').length + Number(isTimed);
}

/** Whether an outcome may be there that does not match although its intent does, or the other way round. */
export function mayPartPairs({ q, verdict, until }: AuditFilters): boolean {
  return q !== '' || verdict !== '' || until !== '';
}

function beginOf(range: QuickRange, now: number): string {
  if (range === 'hour') return new Date(now - HOUR_MS).toISOString();
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  if (range === 'week') day.setDate(day.getDate() - WEEK_DAYS + 1);
  return day.toISOString();
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, TEXT_MAX_CHARS) : '';
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | '' {
  return known.find((each) => each === value) ?? '';
}

function time(value: unknown): string {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? '' : new Date(at).toISOString();
}
