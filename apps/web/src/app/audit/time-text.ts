/** A moment as the list shows it: the time of day, and the day when that is not today. */
export interface TimeText {
  readonly time: string;
  /** Empty: today. */
  readonly day: string;
  /** Local time with its offset, and UTC to the millisecond. */
  readonly exact: string;
}

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const DAY_AND_YEAR = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const EXACT = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
  timeZoneName: 'longOffset',
});

/** @param iso ISO 8601; what is none is shown as it is @param now epoch milliseconds */
export function timeText(iso: string, now: number): TimeText {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return { time: iso, day: '', exact: iso };
  return {
    time: TIME.format(at),
    day: dayText(at, new Date(now)),
    exact: `${EXACT.format(at)}\n${at.toISOString()} (UTC)`,
  };
}

function dayText(at: Date, today: Date): string {
  if (at.toDateString() === today.toDateString()) return '';
  return (at.getFullYear() === today.getFullYear() ? DAY : DAY_AND_YEAR).format(at);
}

/** For `<input type="datetime-local">`: local, to the minute; empty for an empty text. */
export function toLocalInput(iso: string): string {
  if (iso === '') return '';
  const at = new Date(iso);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** Back again; empty for what is no time. */
export function fromLocalInput(value: string): string {
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}

/** 85 µs, 340 ms, 1.2 s, 5 min 3 s, 2 h 14 min. */
export function durationText(us: number): string {
  if (us < 1_000) return `${String(us)} µs`;
  if (us < 1_000_000) return `${String(Math.round(us / 1_000))} ms`;
  const seconds = us / 1_000_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min ${String(Math.floor(seconds % 60))} s`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}
