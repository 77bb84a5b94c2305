import type { AuditDecision, AuditOutcome, AuditRecord } from '#audit-log';
import { InvalidRequestError } from '../../http/app-error.js';
import { singleQuery } from '../../http/single-query.js';
import { instantIn } from './instant.js';

/** Longest text of a filter, in characters. */
export const FILTER_MAX_LENGTH = 256;

/** Which records are wanted; each that is absent leaves them as they are. */
export interface AuditFilter {
  /** Name of the person or program, exactly. */
  readonly actor?: string;
  /** `file.read` exactly, `file.*` for all that begin with `file.`, `*` for all. */
  readonly action?: string;
  /** `target.session`, exactly. */
  readonly session?: string;
  readonly decision?: AuditDecision;
  readonly outcome?: AuditOutcome;
  /** Milliseconds since 1970; this moment is in it. */
  readonly since?: number;
  /** Milliseconds since 1970; this moment is not in it. */
  readonly until?: number;
  /** In lower case; somewhere in a value of the record, whatever its case there. */
  readonly q?: string;
}

/** Names of the query parameters, and of the command line's flags, that {@link readAuditFilter} reads. */
export const FILTER_NAMES = [
  'actor',
  'action',
  'session',
  'decision',
  'outcome',
  'since',
  'until',
  'q',
] as const;

const ACTION = /^(?:\*|[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:\.\*)?)$/;
const DECISIONS = ['allowed', 'denied'] as const satisfies readonly AuditDecision[];
const OUTCOMES = ['ok', 'failed'] as const satisfies readonly AuditOutcome[];

/**
 * Reads filters as people write them.
 *
 * @param values query parameters, or flags of the same names
 * @throws InvalidRequestError naming the one that is wrong, and what it may be
 */
export function readAuditFilter(values: Readonly<Record<string, unknown>>): AuditFilter {
  const text = (name: (typeof FILTER_NAMES)[number]): string | undefined => textOf(values, name);
  const q = text('q')?.toLowerCase();
  const filter = {
    actor: text('actor'),
    action: actionIn(text('action')),
    session: text('session'),
    decision: oneOf(DECISIONS, 'decision', text('decision')),
    outcome: oneOf(OUTCOMES, 'outcome', text('outcome')),
    since: momentIn('since', text('since')),
    until: momentIn('until', text('until')),
    q,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** The filters that were given, as they were written; for who records what was asked for. */
export function givenFilters(
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const given = FILTER_NAMES.map((name) => [name, values[name]] as const);
  return Object.fromEntries(
    given.filter((pair): pair is [(typeof FILTER_NAMES)[number], string] => {
      return typeof pair[1] === 'string';
    }),
  );
}

/** Whether `record` is one of those that `filter` asks for. */
export function matches(record: AuditRecord, filter: AuditFilter): boolean {
  const { actor, action, session, decision, outcome, q } = filter;
  return (
    (actor === undefined || record.actor.name === actor) &&
    (action === undefined || isAction(record.action, action)) &&
    (session === undefined || record.target?.['session'] === session) &&
    (decision === undefined || record.decision === decision) &&
    (outcome === undefined || record.outcome === outcome) &&
    isWithin(record.ts, filter) &&
    (q === undefined || hasText(record, q))
  );
}

function textOf(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = singleQuery(values, name);
  if (value === undefined) return undefined;
  if (value === '' || value.length > FILTER_MAX_LENGTH) {
    throw new InvalidRequestError(
      `'${name}' is a text of 1 to ${FILTER_MAX_LENGTH} characters; leave it out to have all.`,
      { details: { parameter: name } },
    );
  }
  return value;
}

function actionIn(text: string | undefined): string | undefined {
  if (text === undefined || ACTION.test(text)) return text;
  throw new InvalidRequestError(
    "'action' is the name of one, such as file.read, or file.* for all that begin so.",
    { details: { parameter: 'action' } },
  );
}

function oneOf<T extends string>(
  known: readonly T[],
  name: string,
  text: string | undefined,
): T | undefined {
  if (text === undefined) return undefined;
  const found = known.find((value) => value === text);
  if (found !== undefined) return found;
  throw new InvalidRequestError(`'${name}' is ${known.join(' or ')}.`, {
    details: { parameter: name },
  });
}

function momentIn(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = instantIn(text);
  if (at !== undefined) return at;
  throw new InvalidRequestError(
    `'${name}' is a time of ISO 8601 with its zone, such as 2026-01-31T09:30:00Z, or a date, which begins at midnight UTC. A + of a zone is %2B in an address.`,
    { details: { parameter: name } },
  );
}

function isAction(action: string, wanted: string): boolean {
  return wanted.endsWith('*') ? action.startsWith(wanted.slice(0, -1)) : action === wanted;
}

function isWithin(ts: string, { since, until }: AuditFilter): boolean {
  if (since === undefined && until === undefined) return true;
  const at = Date.parse(ts);
  // A time that cannot be read is in no span.
  return at >= (since ?? -Infinity) && at < (until ?? Infinity);
}

/** Looks at values, not at the names of fields, which would be in every record. */
function hasText(value: unknown, q: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(q);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value).includes(q);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner) => hasText(inner, q));
}
