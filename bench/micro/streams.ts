/** What panes write, and the same as `tmux -C` writes it. */
export interface PaneStream {
  readonly name: string;
  /** Whether there is more at a time than a line. */
  readonly isFlood: boolean;
  /** What the program wrote. */
  readonly raw: Buffer;
  /** tmux's control-mode stream of it, in pieces as they are read from a pipe. */
  readonly chunks: readonly Buffer[];
}

/** tmux writes at most a third of its 8 KiB buffer on a line (control.c, `CONTROL_BUFFER_HIGH`). */
const LINE_BYTES = 2730;
/** What one read of a pipe gives. */
const CHUNK_BYTES = 64 * 1024;
const STREAM_BYTES = 2 * 1024 * 1024;
const KEYS = 20_000;

/** The streams that the hot path is measured with. */
export function paneStreams(): readonly PaneStream[] {
  return [
    flood('coloured log', repeated(logLine)),
    flood('UTF-8 text', repeated(textLine)),
    flood('binary', binary()),
    echoes(),
  ];
}

function logLine(i: number): string {
  const time = `2026-11-26T06:${String(i % 60).padStart(2, '0')}:00Z`;
  return `\x1b[32m${time}\x1b[0m \x1b[1;3${i % 8}mINFO\x1b[0m request id=${i} path=/api/items/${(i * 7) % 1000} status=200\r\n`;
}

function textLine(i: number): string {
  return `${i}: Größe über Åre, 日本語のテキスト — «цитата» 🚀 ${'и так далее '.repeat(i % 5)}\r\n`;
}

function repeated(line: (i: number) => string): Buffer {
  const lines: Buffer[] = [];
  let bytes = 0;
  for (let i = 0; bytes < STREAM_BYTES; i += 1) {
    const next = Buffer.from(line(i));
    lines.push(next);
    bytes += next.length;
  }
  return Buffer.concat(lines);
}

/** `cat` of a program: every byte value, in no order; always the same. */
function binary(): Buffer {
  let state = 42;
  return Buffer.from(
    Uint8Array.from({ length: STREAM_BYTES }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 24;
    }),
  );
}

function flood(name: string, raw: Buffer): PaneStream {
  const lines: Buffer[] = [];
  for (let at = 0; at < raw.length; at += LINE_BYTES) {
    lines.push(outputLine(raw.subarray(at, at + LINE_BYTES)));
  }
  const stream = Buffer.concat(lines);
  const chunks: Buffer[] = [];
  for (let at = 0; at < stream.length; at += CHUNK_BYTES) {
    chunks.push(stream.subarray(at, at + CHUNK_BYTES));
  }
  return { name, isFlood: true, raw, chunks };
}

/** Each key comes back by itself. */
function echoes(): PaneStream {
  const raw = Buffer.from(
    Uint8Array.from({ length: KEYS }, (_, i) => 'a'.charCodeAt(0) + (i % 26)),
  );
  const chunks = Array.from(raw, (_, i) => outputLine(raw.subarray(i, i + 1)));
  return { name: 'key echoes', isFlood: false, raw, chunks };
}

/** As control.c writes it: `\ooo` for what is below a space, and for the backslash. */
function outputLine(data: Uint8Array): Buffer {
  const escaped = Array.from(data, (byte) =>
    byte < 0x20 || byte === 0x5c
      ? `\\${byte.toString(8).padStart(3, '0')}`
      : String.fromCharCode(byte),
  );
  return Buffer.from(`%extended-output %0 0 : ${escaped.join('')}\n`, 'latin1');
}
