/* eslint-disable no-control-regex -- control sequences are what this file reads */
import { TmuxUnicode } from './unicode-widths';

/** Most marks, joiners and joined characters that one cell holds; no script needs half as many. */
const MARKS_MAX = 16;

const ZERO_WIDTH_JOINER = 0x200d;
/** Whole string sequences, sequences that only set colours, other sequences and controls, text. */
const PART =
  /(\x1b\][^\x07\x1b]*\x07|\x1b\[[\d;:]*m)|(\x1b\[[\x20-\x3f]*[\x40-\x7e]?|\x1b[\x20-\x2f]*[\x30-\x7e]?|[\x00-\x1a\x1c-\x1f]+)|([\x80-\u{10ffff}]+)|[\x20-\x7f]+/gu;
const MOVED_AT_END =
  /(?:\x1b\[[\x20-\x3f]*[\x40-\x6c\x6e-\x7e]|\x1b[\x20-\x2f]*[\x30-\x7e]|[\x00-\x1f])$/;
/** Longest end of a piece of output that is looked at for where the cursor is. */
const TAIL = 64;

/**
 * Bounds what is drawn into one cell. Marks past the bound are dropped, and so are marks after the
 * cursor was moved: those could pile up on a cell without end. Output must come in whole sequences.
 */
export class MarkLimit {
  private readonly widths = new TmuxUnicode();
  private count = 0;
  private isJoining = false;
  /** Whether the cursor may have left the character that marks would join. */
  private hasMoved = true;

  reset(): void {
    this.startCell(true);
  }

  filter(text: string): string {
    if (text === '') return text;
    // Nothing below the first mark of Unicode can be one: most output is decided here.
    if (!/[\u0300-\u{10ffff}]/u.test(text)) {
      this.startCell(MOVED_AT_END.test(text.slice(-TAIL)));
      return text;
    }
    return text.replace(PART, (all, neutral?: string, moving?: string, beyondAscii?: string) => {
      if (neutral !== undefined) return all;
      if (beyondAscii !== undefined) return this.bounded(beyondAscii);
      this.startCell(moving !== undefined);
      return all;
    });
  }

  private bounded(text: string): string {
    let kept = '';
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0;
      if (this.widths.wcwidth(code) > 0 && !this.isJoining) {
        this.startCell(false);
        kept += character;
      } else if (!this.hasMoved && this.count < MARKS_MAX) {
        this.count += 1;
        this.isJoining = code === ZERO_WIDTH_JOINER;
        kept += character;
      }
    }
    return kept;
  }

  private startCell(hasMoved: boolean): void {
    this.count = 0;
    this.isJoining = false;
    this.hasMoved = hasMoved;
  }
}
