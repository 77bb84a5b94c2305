import { CsiClamp } from './csi-clamp';
import type { ScreenSize } from './csi-clamp';
import { MarkLimit } from './mark-limit';
import { StringGuard } from './string-guard';

/**
 * What programs wrote on its way to a terminal: whole and bounded strings, bounded counts, bounded
 * cells. Nothing that is let through keeps the page busy or grows without end. Output is not trusted;
 * what sequences that get here may do is `harden`'s business.
 */
export class OutputGuard {
  private readonly strings = new StringGuard();
  private readonly clamp = new CsiClamp();
  private readonly marks = new MarkLimit();

  /** The terminal starts anew. */
  reset(): void {
    this.strings.reset();
    this.clamp.reset();
    this.marks.reset();
  }

  /** The text to write for `data`, on a screen of this size. */
  filter(data: string, size: ScreenSize): string {
    return this.marks.filter(this.clamp.filter(this.strings.filter(data), size));
  }
}
