import { type ValidationError, ValidationPipe } from '@nestjs/common';
import type { ValidatorOptions } from 'class-validator';
import { InvalidRequestError } from './app-error.js';

/** What is wrong with one field of a body. */
export interface FieldProblem {
  /** Path of the field: `args.pane`. */
  readonly field: string;
  readonly rules: readonly string[];
}

const FIELDS_MAX = 20;
const FIELD_NAME_MAX = 64;

/** Says which fields break which rules. Names and rules only: a value may be a secret. */
export function fieldProblems(
  errors: readonly ValidationError[],
  path = '',
): readonly FieldProblem[] {
  return errors
    .flatMap((error): readonly FieldProblem[] => {
      const field = path + error.property.slice(0, FIELD_NAME_MAX);
      const rules = Object.keys(error.constraints ?? {});
      const own = rules.length > 0 ? [{ field, rules }] : [];
      return [...own, ...fieldProblems(error.children ?? [], `${field}.`)];
    })
    .slice(0, FIELDS_MAX);
}

/** How everything that comes in is checked: unknown fields are refused, values are never echoed. */
export const VALIDATION = {
  whitelist: true,
  forbidNonWhitelisted: true,
  stopAtFirstError: false,
  validationError: { target: false, value: false },
} as const satisfies ValidatorOptions;

/** The answer to a body that breaks the rules. */
export function toInvalidRequest(errors: readonly ValidationError[]): InvalidRequestError {
  const fields = fieldProblems(errors);
  const names = fields.map((problem) => problem.field).join(', ');
  return new InvalidRequestError(`Wrong or missing: ${names || 'the body'}.`, {
    details: { fields },
  });
}

/** The pipe all bodies pass: plain objects become their DTO classes. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    ...VALIDATION,
    transform: true,
    exceptionFactory: toInvalidRequest,
  });
}
