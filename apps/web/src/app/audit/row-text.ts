import type { AuditRecordView } from '#dto';
import { visibleText } from '../ui/visible-text';
import { commandsText } from './command-text';
import type { AuditRow } from './rows';

/** Longest text of one fact in a row; the details show all of it. */
const FACT_MAX_CHARS = 300;
/** Longest text in the details. */
export const DETAIL_MAX_CHARS = 20_000;

/** What a row says of who did it; all as it may be shown. */
export interface WhoText {
  readonly name: string;
  readonly role: string | null;
  /** How they signed in and from where. */
  readonly from: string;
}

/** A fact about what it was done to or with. */
export interface Fact {
  /** Empty: the value speaks for itself. */
  readonly label: string;
  readonly value: string;
  /** Whether it is something that was typed, or is on the machine. */
  readonly isCode: boolean;
}

/** What a row says beside who did what. */
export interface WhatText {
  /** What tells most: the command, the path, the new name; where there is none, the place. */
  readonly main: readonly Fact[];
  /** Session, window, pane and all other values. */
  readonly rest: readonly Fact[];
}

const METHODS: Readonly<Record<string, string>> = {
  key: 'link',
  password: 'password',
  'access-token': 'access token',
  proxy: 'proxy',
  oidc: 'identity provider',
  none: 'no sign-in',
};

const COMMAND_LINE = 'command line';

/** What tells most, the first of them first; these go without labels. */
const MAIN: readonly string[] = ['command', 'commands', 'path', 'name', 'user', 'text', 'bytes'];
/** Where it was done; these neither. */
const PLACE: readonly string[] = ['session', 'window', 'pane'];
const CODE: ReadonlySet<string> = new Set(['command', 'commands', 'path', 'text']);

/** Who did it: as the outcome knows it, when the intent did not yet. */
export function whoText({ record, outcome }: AuditRow): WhoText {
  const actor = record.actor.name === null && outcome !== null ? outcome.actor : record.actor;
  const method = actor.method === null ? null : (METHODS[actor.method] ?? actor.method);
  const place = actor.credential === 'cli' && actor.name !== null ? COMMAND_LINE : actor.address;
  const from = [method, place].filter((part) => part !== null).map(shown);
  return {
    name: actor.name === null ? nobody(actor.credential) : shown(actor.name),
    role: actor.role === null ? null : shown(actor.role),
    from: from.join(' · '),
  };
}

/** What it was done to and with, in the order of how much it tells. */
export function whatText(row: AuditRow): WhatText {
  const values = withRequestLine({ ...paramsOf(row), ...row.record.target });
  const facts = (keys: readonly string[], isLabelled = false): readonly Fact[] =>
    keys.flatMap((key) => {
      const value = Object.hasOwn(values, key) ? values[key] : undefined;
      if (isEmpty(value)) return [];
      const text = key === 'bytes' ? bytesText(value) : valueText(value);
      return [{ label: isLabelled ? shown(key) : '', value: text, isCode: CODE.has(key) }];
    });
  const main = facts(MAIN);
  const place = facts(PLACE);
  const others = Object.keys(values).filter((key) => !MAIN.includes(key) && !PLACE.includes(key));
  const rest = facts(others, true);
  return main.length > 0 ? { main, rest: [...place, ...rest] } : { main: place, rest };
}

/** What it was done with: all that intent and outcome tell, or the sum of what was typed. */
export function paramsOf({ record, outcome, folded }: AuditRow): Readonly<Record<string, unknown>> {
  if (folded.length > 0) return sumOf(folded);
  return { ...record.params, ...(outcome === record ? {} : outcome?.params) };
}

function sumOf(typed: readonly AuditRecordView[]): Readonly<Record<string, unknown>> {
  const bytes = typed.map(({ params }) => params?.['bytes']);
  // Kept with `audit.input: full` only, and not where a password was asked for.
  const texts = typed
    .map(({ params }) => params?.['text'])
    .filter((text) => typeof text === 'string');
  return {
    bytes: bytes.reduce<number>((sum, one) => sum + (typeof one === 'number' ? one : 0), 0),
    inputs: typed.length,
    ...(texts.length === 0 ? {} : { text: texts.toReversed().join('') }),
  };
}

/** What was asked for over HTTP reads best as it is written there. */
function withRequestLine(
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { method, path, ...others } = values;
  if (typeof method !== 'string' || typeof path !== 'string') return values;
  return { path: `${method} ${path}`, ...others };
}

/** Any value of a record on one line, nothing in it hidden. */
export function valueText(value: unknown, max = FACT_MAX_CHARS): string {
  if (typeof value === 'string') return visibleText(value, max);
  return visibleText(commandsText(value) ?? JSON.stringify(value), max);
}

/** A record as it is in the log, line by line, nothing in it hidden. */
export function jsonText(record: AuditRecordView): string {
  const lines = JSON.stringify(record, null, 2).split('\n');
  return lines.map((line) => visibleText(line, DETAIL_MAX_CHARS)).join('\n');
}

function bytesText(value: unknown): string {
  return value === 1 ? '1 byte' : `${valueText(value)} bytes`;
}

function isEmpty(value: unknown): boolean {
  const isEmptyList = Array.isArray(value) && value.length === 0;
  return value === undefined || value === null || value === '' || isEmptyList;
}

function shown(text: string): string {
  return visibleText(text, FACT_MAX_CHARS);
}

function nobody(credential: string | null): string {
  if (credential === 'server') return 'the server';
  return credential === 'cli' ? COMMAND_LINE : 'not signed in';
}
