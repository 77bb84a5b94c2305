import { visibleText } from '../../ui/visible-text';

/** A longer line is cut there, and says so: some files are one line of megabytes. */
export const LINE_MAX_CHARS = 4_000;

/** The part of a text file that has been read, as it is shown. */
export interface TextLines {
  readonly lines: readonly string[];
  /** Whether every line ends with CR LF; the CRs are not shown then. */
  readonly isCrlf: boolean;
  /** Whether some bytes are no UTF-8; they are shown as U+FFFD. */
  readonly hasBadBytes: boolean;
}

/**
 * Lines with nothing hidden: controls as their pictures, what turns text around as code points. Tabs
 * stay tabs.
 *
 * @param isWhole whether the file ends here; else the last line, which may go on, is held back
 */
export function textLines(bytes: Uint8Array, isWhole: boolean): TextLines {
  const text = new TextDecoder().decode(bytes, { stream: !isWhole });
  const raw = text.split('\n');
  // What follows the last line end: nothing, or a line that is not complete.
  const rest = raw.pop() ?? '';
  if (rest !== '' && (isWhole || raw.length === 0)) raw.push(rest);
  const ended = rest === '' ? raw : raw.slice(0, -1);
  const isCrlf = ended.length > 0 && ended.every((line) => line.endsWith('\r'));
  const lines = raw.map((line) => visibleLine(isCrlf ? line.replace(/\r$/, '') : line));
  return { lines, isCrlf, hasBadBytes: text.includes('\ufffd') };
}

function visibleLine(line: string): string {
  return visibleText(line, LINE_MAX_CHARS).replaceAll('\u2409', '\t');
}
