const MARKERS = /\x1b\[20[01]~/g; // eslint-disable-line no-control-regex -- what brackets a paste
/** C0 but tab and line ends, DEL, C1: nothing that a paste is about, and keys to a program. */
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g; // eslint-disable-line no-control-regex -- what is taken out

/**
 * A pasted text as it may be typed: without the marks that would end its brackets from inside, without
 * other controls than tab and newline, with one kind of line end.
 */
export function pasteText(text: string): string {
  return text.replace(MARKERS, '').replace(CONTROLS, '').replace(/\r\n?/g, '\n');
}
