import { TOKEN_DAYS_MAX } from '../auth/access-tokens/new-access-token.js';
import { CliError } from './cli.errors.js';

const UNITS: Readonly<Record<string, number>> = { d: 1, w: 7, y: 365 };

/**
 * Reads `30d`, `12w`, `1y` or `never`.
 *
 * @returns days, null for never
 * @throws CliError
 */
export function daysIn(text: string): number | null {
  if (text === 'never') return null;
  const [, count = '', unit = ''] = /^(\d{1,5})([dwy])$/.exec(text) ?? [];
  const days = Number(count) * (UNITS[unit] ?? 0);
  if (days < 1 || days > TOKEN_DAYS_MAX) {
    throw new CliError('--expires: give days, weeks or years, such as 30d, 12w or 1y, or never');
  }
  return days;
}
