const TILDE = 0x7e;
/** Starts and ends of a bracketed paste, with both writings of CSI. */
const MARKERS = ['\u001b[200~', '\u001b[201~', '\u009b200~', '\u009b201~'].map((marker) =>
  Array.from(marker, (character) => character.charCodeAt(0)),
);

/**
 * Pasted text as it may be sent: without bracketed-paste markers, with which it could end its own bracket and
 * run what follows (tmux.md §4.3), and with line feeds for line ends, which tmux turns into carriage returns.
 */
export function cleanPaste(text: string): string {
  return withoutMarkers(text.replaceAll('\0', '')).replace(/\r\n?/g, '\n');
}

/**
 * Takes markers out as they are completed, so that one put together by taking out another goes as well.
 * One pass: markers nested a hundred thousand deep must not cost a hundred thousand passes.
 */
function withoutMarkers(text: string): string {
  const kept = new Uint16Array(text.length);
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    kept[length] = unit;
    length += 1;
    if (unit === TILDE) length -= markerLengthAt(kept, length);
  }
  return length === text.length
    ? text
    : Buffer.from(kept.buffer, 0, 2 * length).toString('utf16le');
}

function markerLengthAt(units: Uint16Array, end: number): number {
  const marker = MARKERS.find((codes) =>
    codes.every((code, index) => units[end - codes.length + index] === code),
  );
  return marker?.length ?? 0;
}
