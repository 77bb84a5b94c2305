import type { Finding } from './finding.js';

/** What came of verifying a log. */
export interface Verification {
  /** Whether nothing is wrong; there may be notes. */
  readonly isIntact: boolean;
  readonly findings: readonly Finding[];
  readonly errors: number;
  readonly notes: number;
  /** Records read. */
  readonly records: number;
  /** `seq` of the last. */
  readonly size: number;
  /** `ts` of the first and the last record; null: there is none. */
  readonly from: string | null;
  readonly until: string | null;
  /** Of the tree, in hex; null when records are missing. */
  readonly root: string | null;
  /** Size of the last checkpoint that the log agrees with; null: none. */
  readonly vouchedFor: number | null;
}
