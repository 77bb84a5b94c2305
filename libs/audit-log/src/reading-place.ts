import type { FindingPlace } from './finding.js';

/** Where in a log its reader is. */
export class ReadingPlace {
  /** Name of the segment. */
  file = '';
  /** Of the segment, counted from 1; 0 before the first. */
  line = 0;

  begin(file: string): void {
    this.file = file;
    this.line = 0;
  }

  at(seq?: number): FindingPlace {
    return { file: this.file, line: this.line, ...(seq === undefined ? {} : { seq }) };
  }
}
