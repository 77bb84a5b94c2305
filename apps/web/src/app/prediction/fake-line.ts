import type { ScreenLine } from './screen-line';

/** A terminal of a few columns that prints text, erases by `\b \b` and starts lines. Test only. */
export class FakeLine {
  private readonly cols: number;
  private line = 0;
  private x = 0;
  private cells: string[];

  constructor(cols: number, text = '') {
    this.cols = cols;
    this.cells = this.blank();
    this.print(text);
  }

  print(text: string): void {
    for (const char of text) {
      if (char === '\b') this.x = Math.max(0, this.x - 1);
      else if (char === '\r') this.x = 0;
      else if (char === '\n') this.next();
      else {
        if (this.x === this.cols) this.next();
        this.cells[this.x] = char;
        this.x += 1;
      }
    }
  }

  read(): ScreenLine {
    return { line: this.line, x: this.x, cells: [...this.cells] };
  }

  private next(): void {
    this.line += 1;
    this.x = 0;
    this.cells = this.blank();
  }

  private blank(): string[] {
    return Array.from({ length: this.cols }, () => ' ');
  }
}
