import type { AuditEntry, AuditValue } from '#audit-log';
import { maskSecrets } from './secret-patterns.js';

/** An entry whose texts hold nothing that looks like a secret: the last thing that is done before it is written. */
export function maskEntry(entry: AuditEntry): AuditEntry {
  return {
    ...entry,
    ...(entry.target === undefined ? {} : { target: maskValues(entry.target) }),
    ...(entry.params === undefined ? {} : { params: maskValues(entry.params) }),
    ...(entry.reason === undefined ? {} : { reason: maskSecrets(entry.reason) }),
  };
}

type Values = Readonly<Record<string, AuditValue>>;

function maskValues(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, mask(value)]));
}

function mask(value: AuditValue): AuditValue {
  if (typeof value === 'string') return maskSecrets(value);
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(mask);
  return maskValues(value);
}

function isList(value: object): value is readonly AuditValue[] {
  return Array.isArray(value);
}
