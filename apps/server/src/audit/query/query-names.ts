import { InvalidRequestError } from '../../http/app-error.js';

/**
 * A filter that is misspelt would be one that is not there, and everything would seem to match.
 *
 * @throws InvalidRequestError when `query` has another parameter than these
 */
export function assertOnly(
  query: Readonly<Record<string, unknown>>,
  names: readonly string[],
): void {
  const isUnknown = Object.keys(query).some((name) => !names.includes(name));
  if (!isUnknown) return;
  throw new InvalidRequestError(
    `There is a parameter that is not known here. There are: ${names.join(', ')}.`,
  );
}
