/** A date, or a date and a time with seconds or without, and then with its zone. */
const ISO_8601 =
  /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * Reads a moment of ISO 8601. One without a zone would be another moment on another machine, so only a date
 * may go without: it is its midnight in UTC.
 *
 * @returns milliseconds since 1970, undefined when it is none
 */
export function instantIn(text: string): number | undefined {
  const [, year, month, day] = ISO_8601.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  // `Date` takes the 31st of February for the 3rd of March.
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) {
    return undefined;
  }
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
