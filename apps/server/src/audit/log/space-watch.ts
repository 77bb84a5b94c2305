import type { AuditEntry } from '#audit-log';
import { SERVER } from '../who.js';
import { LowSpaceError } from './write-failure.js';

const MIB = 1024 * 1024;
/** Free space below this many times the bound is told; well before it is too late. */
const WARN_FACTOR = 5;
/** And told again only after there was this much in between. */
const REARM_FACTOR = 6;

/** Stops the log before its disk is full, and says so in time. */
export class SpaceWatch {
  readonly #stopMiB: number;
  readonly #freeBytes: () => number;
  #isWarned = false;

  constructor(stopMiB: number, freeBytes: () => number) {
    this.#stopMiB = stopMiB;
    this.#freeBytes = freeBytes;
  }

  /** @returns a record that warns, when there is reason. @throws LowSpaceError when nothing more may be written */
  check(): AuditEntry | undefined {
    if (this.#stopMiB === 0) return undefined;
    const freeMiB = Math.floor(this.#freeBytes() / MIB);
    if (freeMiB < this.#stopMiB) {
      throw new LowSpaceError(
        `the disk of the audit log has ${freeMiB} MiB left, less than the ${this.#stopMiB} MiB of audit.stopFreeMiB`,
      );
    }
    if (freeMiB >= this.#stopMiB * REARM_FACTOR) this.#isWarned = false;
    if (freeMiB >= this.#stopMiB * WARN_FACTOR || this.#isWarned) return undefined;
    this.#isWarned = true;
    return {
      action: 'log.low-space',
      ...SERVER,
      params: { freeMiB, stopFreeMiB: this.#stopMiB },
    };
  }
}
