// eslint-disable-next-line no-control-regex -- the markers are escape sequences
const PASTE_MARKERS = /(?:\u001b\[|\u009b)20[01]~/g;

/**
 * Pasted text as it may be sent: without bracketed-paste markers, with which it could end its own bracket and
 * run what follows (tmux.md §4.3), and with line feeds for line ends, which tmux turns into carriage returns.
 * Removing a marker can put another one together, so it is done until none is left.
 */
export function cleanPaste(text: string): string {
  let cleaned = text;
  for (let before = ''; before !== cleaned;) {
    before = cleaned;
    cleaned = cleaned.replace(PASTE_MARKERS, '');
  }
  return cleaned.replace(/\r\n?/g, '\n').replaceAll('\0', '');
}
