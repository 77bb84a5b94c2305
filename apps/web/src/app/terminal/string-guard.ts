/* eslint-disable no-control-regex -- control sequences are what this file reads */
/** Longest string sequence (OSC) that is looked at, in characters; a longer one is dropped whole. */
export const STRING_MAX = 64 * 1024;
/** OSC 52 may be longer: 100 KB of base64 and what is in front of it. */
export const CLIPBOARD_STRING_MAX = 100 * 1024 + 16;
/** Longest target of a link; browsers cut addresses about there, too. */
export const LINK_MAX = 2048;
/** A link that is not closed by then is closed here: xterm keeps a record for each of its lines. */
const LINKED_TEXT_MAX = 4096;
const LINKED_LINES_MAX = 32;

const CLOSE_LINK = '\x1b]8;;\x07';
// tmux reads UTF-8, where these are characters of no width that it does not draw (utf8.c, utf8_width).
const C1 = /[\u0080-\u009f]/g;
/** OSC, DCS, SOS, PM, APC, and `ESC k`, which names a window in tmux and prints in xterm. */
const INTRODUCER = /\x1b([\]PX^_k])/g;
/** OSC that xterm acts on: colours, links, the clipboard. The rest, titles too, is tmux's business. */
const WANTED = /^(?:4|5|1[0-2]|104|11[0-2]|8|52)(?:;|$)/;
const PASSTHROUGH = 'tmux;';

/**
 * Lets only string sequences through that mean something here, whole and bounded, so that no output
 * fills the parser's memory or makes more links than the page can bear. What is cut by the end of a
 * piece of output waits for the rest, up to the bound.
 */
export class StringGuard {
  /** What kind of string the output is in the middle of; null: none. */
  private open: string | null = null;
  private content = '';
  private isTooLong = false;
  /** Escapes at the end of a piece: alone they may be half an introducer or half a terminator. */
  private held = '';
  /** Text and lines since a link was opened; null: none is open. */
  private linked: { chars: number; lines: number } | null = null;

  /** Forgets what it is in the middle of; the terminal starts anew. */
  reset(): void {
    this.end();
    this.held = '';
    this.linked = null;
  }

  /** What of `data` may be written to the terminal. */
  filter(data: string): string {
    let rest = this.held + data.replace(C1, '');
    const escapes = /\x1b*$/.exec(rest)?.[0].length ?? 0;
    if (escapes > 0) rest = rest.slice(0, -escapes);
    // Pairs stand for one inside a passthrough and mean no more than one elsewhere.
    this.held = '\x1b'.repeat(escapes > 2 ? 2 - (escapes % 2) : escapes);
    let out = '';
    while (rest !== '') {
      if (this.open !== null) {
        const { inside, after } = this.splitAtEnd(rest);
        this.collect(inside);
        if (after !== null) out += this.close(after);
        // Any other end is a control of its own; a bell only ends the string.
        rest = after?.replace(/^\x07/, '') ?? '';
        continue;
      }
      INTRODUCER.lastIndex = 0;
      const found = INTRODUCER.exec(rest);
      const end = found?.index ?? rest.length;
      out += this.text(rest.slice(0, end));
      rest = rest.slice(end + 2);
      this.open = found?.[1] ?? null;
    }
    return out;
  }

  /** Cuts at the character that ends the open string; `after` begins with it, or is null: none yet. */
  private splitAtEnd(text: string): { readonly inside: string; readonly after: string | null } {
    // What a program passes through tmux has its own escapes doubled (input.c, input_dcs_dispatch).
    const start = this.content.slice(0, 5) + text.slice(0, 5);
    const isPassthrough = this.open === 'P' && start.startsWith(PASSTHROUGH);
    const stops = this.open === ']' ? /[\x07\x18\x1a\x1b]/g : /\x1b\x1b|[\x18\x1a\x1b]/g;
    let at = stops.exec(text);
    while (at?.[0].length === 2 && isPassthrough) at = stops.exec(text);
    if (at === null) return { inside: text, after: null };
    return { inside: text.slice(0, at.index), after: text.slice(at.index) };
  }

  private collect(inside: string): void {
    if (this.isTooLong) return;
    if (this.open !== ']') {
      // Of the others nothing is used, and only the beginning is ever looked at.
      this.content = (this.content + inside.slice(0, 5)).slice(0, 5);
      return;
    }
    const isClipboard = (this.content.slice(0, 3) + inside.slice(0, 3)).startsWith('52;');
    const bound = isClipboard ? CLIPBOARD_STRING_MAX : STRING_MAX;
    this.isTooLong = this.content.length + inside.length > bound;
    this.content = this.isTooLong ? '' : this.content + inside;
  }

  /** The string ended at the first character of `after`. */
  private close(after: string): string {
    const { open, content, isTooLong } = this;
    this.end();
    const isAborted = /^[\x18\x1a]/.test(after);
    if (open !== ']' || isTooLong || isAborted || !WANTED.test(content)) return '';
    return content.startsWith('8;') ? this.link(content) : `\x1b]${content}\x07`;
  }

  private end(): void {
    this.open = null;
    this.content = '';
    this.isTooLong = false;
  }

  /** An `id` only joins the parts of one link under the mouse, and costs xterm a search per part. */
  private link(content: string): string {
    const uri = /^8;[^;]*;(.*)$/s.exec(content)?.[1] ?? '';
    const isLink = uri !== '' && uri.length <= LINK_MAX;
    this.linked = isLink ? { chars: 0, lines: 0 } : null;
    return isLink ? `\x1b]8;;${uri}\x07` : CLOSE_LINK;
  }

  private text(text: string): string {
    if (this.linked === null || text === '') return text;
    const lines = text.split('\n').length - 1;
    this.linked.chars += text.length;
    this.linked.lines += lines;
    if (this.linked.chars <= LINKED_TEXT_MAX && this.linked.lines <= LINKED_LINES_MAX) return text;
    this.linked = null;
    return CLOSE_LINK + text;
  }
}
