import type { AuditRecord } from '#audit-log';
import { printable } from './printable.js';

type Cell = string | number | null | undefined;

/** Name and content of each column. */
const COLUMNS: readonly (readonly [string, (record: AuditRecord) => Cell])[] = [
  ['seq', ({ seq }) => seq],
  ['ts', ({ ts }) => ts],
  ['actor', ({ actor }) => actor.name],
  ['role', ({ actor }) => actor.role],
  ['credential', ({ actor }) => actor.credential],
  ['method', ({ actor }) => actor.method],
  ['address', ({ actor }) => actor.address],
  ['action', ({ action }) => action],
  ['session', ({ target }) => textOf(target?.['session'])],
  ['target', ({ target }) => jsonOf(target)],
  ['params', ({ params }) => jsonOf(params)],
  ['decision', ({ decision }) => decision],
  ['rule', ({ rule }) => rule],
  ['outcome', ({ outcome }) => outcome],
  ['reason', ({ reason }) => reason],
  ['intent', ({ intent }) => intent],
  ['latencyUs', ({ latencyUs }) => latencyUs],
  ['correlationId', ({ correlationId }) => correlationId],
  ['host', ({ host }) => host],
  ['epoch', ({ epoch }) => epoch],
  ['mono', ({ mono }) => mono],
  ['hash', ({ hash }) => hash],
];

/**
 * What spreadsheets take for the beginning of a formula, in its wide forms too, and behind spaces, which some
 * leave out; tab and carriage return as OWASP, CSV Injection.
 */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/u;

/** First line, with its end. */
export const CSV_HEADER = rowOf(COLUMNS.map(([name]) => name));

/**
 * A record as a row of RFC 4180, with its end. Control characters are shown as `\u{1b}`, and what a spreadsheet
 * would run has a `'` before it: the exact text is in JSON Lines.
 */
export function csvRow(record: AuditRecord): string {
  return rowOf(COLUMNS.map(([, cellOf]) => cellOf(record)));
}

function rowOf(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = `${FORMULA.test(cell) ? "'" : ''}${printable(cell)}`;
  return /[",]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function jsonOf(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
