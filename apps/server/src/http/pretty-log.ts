import type { DestinationStream } from 'pino';

/** pino's numbers for levels. */
const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/** What moves the cursor, starts an escape sequence, ends a line or turns the reading direction. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Rewrites pino's lines for people who watch a terminal. */
export function prettyStream(target: NodeJS.WritableStream): DestinationStream {
  return {
    write: (line) => {
      target.write(`${prettyLine(line)}\n`);
    },
  };
}

/** `12:30:01 info  SessionsService: attached to main`, with the error's stack below it, if any. */
export function prettyLine(json: string): string {
  const line = parseLine(json);
  if (!line) return json.trimEnd();
  const time = new Date(Number(line['time'])).toTimeString().slice(0, 8);
  const level = (LEVELS[Number(line['level'])] ?? '').padEnd(5);
  const context = typeof line['context'] === 'string' ? `${line['context']}: ` : '';
  const rest = [describeRequest(line), describeError(line['err'])].join('');
  return `${time} ${level} ${context}${textOf(line['msg'])}${rest}`;
}

function describeRequest(line: Readonly<Record<string, unknown>>): string {
  const { req, res, responseTime, correlationId } = line;
  if (!isRecord(req) || !isRecord(res)) return '';
  const what = `${textOf(req['method'])} ${textOf(req['path'])} ${textOf(res['statusCode'])}`;
  return ` ${what} ${textOf(responseTime)} ms ${textOf(correlationId)}`;
}

function describeError(err: unknown): string {
  if (!isRecord(err)) return '';
  const stack = err['stack'] ?? err['message'];
  if (typeof stack !== 'string') return '';
  // Indented, so that none of its lines can pass for one of the log.
  return stack
    .split('\n')
    .map((line) => `\n    ${visible(line)}`)
    .join('');
}

function parseLine(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined; // Not ours: printed as it came.
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? visible(String(value)) : '';
}

/** Who is logged may have chosen the text, and the log is a person's terminal. */
function visible(text: string): string {
  return text.replace(
    INVISIBLE,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
