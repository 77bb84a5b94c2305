import { SetMetadata } from '@nestjs/common';
import type { Request } from 'express';

/** Plain values that a record may hold. */
export type AuditedValues = Readonly<Record<string, string | number | boolean | null>>;

/** What a route is called in the audit log, and what of a request belongs into its record. */
export interface Audited {
  readonly action: string;
  /** To what. Asked before the body was checked: take nothing of it for granted, and no secret. */
  readonly target?: (request: Request) => AuditedValues;
  readonly params?: (request: Request) => AuditedValues;
  /** Whether the request gets as far as that; else it is no act but a refusal, of which a flood is only counted. */
  readonly isAct?: (request: Request) => boolean;
}

export const AUDITED = Symbol('audited');

/** The route's intent is recorded before it runs, and how it ended after. */
export const Audited = (action: string, details: Omit<Audited, 'action'> = {}) =>
  SetMetadata<symbol, Audited>(AUDITED, { action, ...details });

const failures = new WeakMap<object, string>();

/** For a route that answers its failure itself, as a page or a redirect: code and words of why nothing was done. */
export function noteFailure(request: object, reason: string): void {
  failures.set(request, reason);
}

/** @returns what {@link noteFailure} was told about this request */
export function failureOf(request: object): string | undefined {
  return failures.get(request);
}

/** Text of a body's or query's field, `null` when it is none. */
export function textOf(values: unknown, name: string): string | null {
  if (typeof values !== 'object' || values === null) return null;
  const value: unknown = Object.getOwnPropertyDescriptor(values, name)?.value;
  return typeof value === 'string' ? value : null;
}
