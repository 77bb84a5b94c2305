import type { AuditRecord } from '#audit-log';
import { InvalidRequestError } from '../../http/app-error.js';
import { auditRecord } from '../../testing/audit-files.js';
import { FILTER_MAX_LENGTH, givenFilters, matches, readAuditFilter } from './audit-filter.js';

const ACTOR = { name: 'ana', role: 'admin', credential: null, method: null, address: null };

function fits(record: Partial<AuditRecord>, filter: Readonly<Record<string, unknown>>): boolean {
  return matches(auditRecord(1, record), readAuditFilter(filter));
}

describe(matches.name, () => {
  it('lets everything through without filters', () => {
    expect(fits({}, {})).toBe(true);
  });

  it.each<[string, Partial<AuditRecord>, Record<string, string>, boolean]>([
    ['an actor', { actor: ACTOR }, { actor: 'ana' }, true],
    ['an actor in another case', { actor: ACTOR }, { actor: 'Ana' }, false],
    ['a part of an actor', { actor: ACTOR }, { actor: 'an' }, false],
    ['nobody', { actor: { ...ACTOR, name: null } }, { actor: 'null' }, false],
    ['an action', { action: 'file.read' }, { action: 'file.read' }, true],
    ['the beginning of an action', { action: 'file.read' }, { action: 'file' }, false],
    ['a group', { action: 'file.read' }, { action: 'file.*' }, true],
    ['another group that begins so', { action: 'files.read' }, { action: 'file.*' }, false],
    ['what a group is called', { action: 'file' }, { action: 'file.*' }, false],
    ['all actions', { action: 'sign-in' }, { action: '*' }, true],
    ['a session', { target: { session: 'main' } }, { session: 'main' }, true],
    ['another session', { target: { session: 'main2' } }, { session: 'main' }, false],
    ['no session', {}, { session: 'main' }, false],
    ['a decision', { decision: 'denied' }, { decision: 'denied' }, true],
    ['no decision', {}, { decision: 'allowed' }, false],
    ['an outcome', { outcome: 'failed' }, { outcome: 'failed' }, true],
    ['another outcome', { outcome: 'ok' }, { outcome: 'failed' }, false],
    ['text of a reason', { reason: 'The Rule' }, { q: 'the rule' }, true],
    ['text deep in parameters', { params: { a: [{ b: 'Straße' }] } }, { q: 'STRASSE' }, false],
    ['text in another case', { params: { a: [{ b: 'ÄRGER' }] } }, { q: 'ärger' }, true],
    ['a number', { params: { bytes: 4711 } }, { q: '4711' }, true],
    ['the name of a field', { params: { bytes: 1 } }, { q: 'bytes' }, false],
    ['two that both fit', { action: 'a', outcome: 'ok' }, { action: 'a', outcome: 'ok' }, true],
    [
      'two of which one fits',
      { action: 'a', outcome: 'ok' },
      { action: 'b', outcome: 'ok' },
      false,
    ],
  ])('judges %s', (_what, record, filter, expected) => {
    expect(fits(record, filter)).toBe(expected);
  });

  it('takes since with its moment and until without', () => {
    const record = { ts: '2026-01-31T09:30:00.000Z' };
    expect(fits(record, { since: '2026-01-31T09:30:00Z' })).toBe(true);
    expect(fits(record, { since: '2026-01-31T09:30:00.001Z' })).toBe(false);
    expect(fits(record, { until: '2026-01-31T09:30:00Z' })).toBe(false);
    expect(fits(record, { until: '2026-01-31T10:30:00.001+01:00' })).toBe(true);
    expect(fits(record, { since: '2026-01-31', until: '2026-02-01' })).toBe(true);
    expect(fits({ ts: 'yesterday' }, { since: '1970-01-01' })).toBe(false);
  });
});

describe(readAuditFilter.name, () => {
  it.each([
    ['actor', ''],
    ['actor', 'x'.repeat(FILTER_MAX_LENGTH + 1)],
    ['actor', ['ana', 'ben']],
    ['action', 'file.*.read'],
    ['action', 'File'],
    ['action', 'file.**'],
    ['action', '.*'],
    ['decision', 'maybe'],
    ['decision', 'toString'],
    ['outcome', 'OK'],
    ['since', 'yesterday'],
    ['since', '2026-02-30'],
    ['since', '2026-02-30T00:00:00Z'],
    ['since', '2026-01-31T25:00:00Z'],
    ['since', '2026-01-31T10:00:00'],
    ['since', '2026-01-31T10:00:00 02:00'],
    ['until', '1769850000'],
    ['q', ''],
  ])('refuses %s=%j in words', (name, value) => {
    expect(() => readAuditFilter({ [name]: value })).toThrow(InvalidRequestError);
    expect(() => readAuditFilter({ [name]: value })).toThrow(new RegExp(`'${name}'`));
  });

  it('takes nothing that is inherited', () => {
    expect(readAuditFilter(Object.create({ actor: 'ana' }) as Record<string, unknown>)).toEqual({});
  });
});

describe(givenFilters.name, () => {
  it('names what was asked for, as it was written', () => {
    expect(givenFilters({ q: 'Text', actor: 'ana', limit: '5' })).toEqual({
      actor: 'ana',
      q: 'Text',
    });
  });
});
