import type { AuditRecord } from '#audit-log';

export const ASCIICAST_VERSIONS = [2, 3] as const;
/** https://docs.asciinema.org/manual/asciicast/v2/ and …/v3/ */
export type AsciicastVersion = (typeof ASCIICAST_VERSIONS)[number];

/** What the log does not know: the size that most terminals begin with. */
const COLS = 80;
const ROWS = 24;
/** The only variables that a recording tells of. */
const ENV_NAMES = ['TERM', 'SHELL'] as const;
const MICROSECONDS = 1_000_000;

/** What JSON leaves as it is and a terminal, or a player, may act on. */
const ACTING = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

export interface AsciicastHeader {
  /** Name of the tmux session. */
  readonly title: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Only `TERM` and `SHELL` are taken of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Writes what was done to one session as an asciicast: what people typed as input where the log has it, everything
 * else as markers. Each line is JSON in which nothing but printable characters is left as it is, so that no
 * text can end its line, begin a comment or reach the terminal of who looks at the file.
 */
export class Asciicast {
  readonly #version: AsciicastVersion;
  #last: Pick<AuditRecord, 'epoch' | 'mono' | 'ts'> | undefined;
  /** Microseconds from the first record to the last. */
  #elapsedUs = 0;

  constructor(version: AsciicastVersion) {
    this.#version = version;
  }

  /** The first line. */
  header({ title, startedAt, env }: AsciicastHeader): string {
    const size =
      this.#version === 3 ? { term: { cols: COLS, rows: ROWS } } : { width: COLS, height: ROWS };
    const timestamp = Math.floor(Date.parse(startedAt) / 1000);
    const known = ENV_NAMES.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    });
    return line({
      version: this.#version,
      ...size,
      ...(Number.isNaN(timestamp) ? {} : { timestamp }),
      title,
      ...(known.length === 0 ? {} : { env: Object.fromEntries(known) as unknown }),
    });
  }

  /** A record's line; records come in the order of the log. */
  event(record: AuditRecord): string {
    const passedUs = this.#last === undefined ? 0 : passedBetween(this.#last, record);
    this.#last = record;
    this.#elapsedUs += passedUs;
    const at = (this.#version === 3 ? passedUs : this.#elapsedUs) / MICROSECONDS;
    const typed = typedText(record);
    return line(typed === undefined ? [at, 'm', markerOf(record)] : [at, 'i', typed]);
  }
}

/** Typed or pasted, and kept in the log (`audit.input: full`). What became of it is told apart. */
function typedText({ action, params, intent }: AuditRecord): string | undefined {
  const text = params?.['text'];
  return action.startsWith('input.') && intent === undefined && typeof text === 'string'
    ? text
    : undefined;
}

function markerOf({ action, actor, decision, outcome, reason }: AuditRecord): string {
  const words = [actor.name ?? actor.credential ?? '-', action, outcome ?? decision, reason];
  return words.filter((word) => word !== undefined).join(' ');
}

/** Never less than nothing, also where the clock was set back. */
function passedBetween(
  before: Pick<AuditRecord, 'epoch' | 'mono' | 'ts'>,
  after: Pick<AuditRecord, 'epoch' | 'mono' | 'ts'>,
): number {
  const us =
    before.epoch === after.epoch
      ? after.mono - before.mono
      : (Date.parse(after.ts) - Date.parse(before.ts)) * 1000;
  return Number.isFinite(us) ? Math.max(0, us) : 0;
}

function line(value: unknown): string {
  const json = JSON.stringify(value).replace(ACTING, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeOf(character.charCodeAt(at))).join(
      '',
    ),
  );
  return `${json}\n`;
}

const escapeOf = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;
