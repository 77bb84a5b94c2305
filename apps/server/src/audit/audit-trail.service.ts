import { Inject, Injectable, Logger } from '@nestjs/common';
import type { AuditEntry, AuditValue } from '#audit-log';
import { AUDIT_DEFAULTS } from '../config/audit-section.js';
import { TmuxyConfig } from '../config/config.js';
import { AUDIT_LOG } from './audit-log.token.js';
import { AuditUnavailableError, AuditWriteError } from './audit.errors.js';
import type { AuditLog, Durability } from './log/audit-log.js';
import { type Failure, failureOf } from './failure.js';
import { maskEntry } from './masking/mask-entry.js';
import { OwedRecords } from './owed-records.js';
import type { Who } from './who.js';

/** What somebody does, before it is done. */
export type Act = Pick<AuditEntry, 'action' | 'target' | 'params' | 'rule'>;

type Details = Readonly<Record<string, AuditValue>>;

/** An act that is recorded and not yet over. One of the two is called, once; later calls do nothing. */
export interface Intent {
  /**
   * It was done.
   *
   * @param params what only its end tells, such as the number of bytes
   * @param who where that is known better by now
   */
  done(params?: Details, who?: Who): void;
  /** It was not, or not wholly. @param error an `AppError`'s code is the reason, others are `internal` */
  failed(error: unknown, params?: Details): void;
}

/**
 * Records what people do. Whoever does something calls `intent`, awaits it, does it, and says how it ended: so that
 * nothing is done that is not in the log, also when the server is killed in between.
 */
@Injectable()
export class AuditTrail {
  readonly #logger = new Logger('Audit');
  readonly #log: AuditLog;
  readonly #isRequired: boolean;
  readonly #owed: OwedRecords;
  /** Failures that are the outcome of an intent, and need no record of their own. */
  readonly #recorded = new WeakSet<object>();

  constructor(@Inject(AUDIT_LOG) log: AuditLog, { audit }: TmuxyConfig) {
    this.#log = log;
    this.#isRequired = audit.required ?? AUDIT_DEFAULTS.required;
    this.#owed = new OwedRecords(log);
  }

  /**
   * Resolves when the intent is as durable as `until` says.
   *
   * @throws AuditUnavailableError when it could not be recorded and `audit.required` is set: do not do it then
   */
  async intent(who: Who, act: Act, until: Durability = 'synced'): Promise<Intent> {
    const begunAt = performance.now();
    const seq = await this.#begin(who, act, until);
    let isOver = false;
    const end = (
      how: Failure | { readonly outcome: 'ok' },
      params?: Details,
      whoNow = who,
    ): void => {
      if (isOver) return;
      isOver = true;
      this.#add({
        action: act.action,
        ...whoNow,
        ...(act.target === undefined ? {} : { target: act.target }),
        ...(params === undefined ? {} : { params }),
        ...(seq === undefined ? {} : { intent: seq }),
        ...how,
        latencyUs: Math.round((performance.now() - begunAt) * 1000),
      });
    };
    return {
      done: (params, whoNow) => {
        end({ outcome: 'ok' }, params, whoNow);
      },
      failed: (error, params) => {
        if (typeof error === 'object' && error !== null) this.#recorded.add(error);
        end(failureOf(error), params);
      },
    };
  }

  /** Records what has happened already, or needs nobody's leave; never waits and never fails. */
  note(who: Who, entry: Omit<AuditEntry, 'actor' | 'correlationId'>): void {
    this.#add({ ...who, ...entry });
  }

  /** Whether what was thrown has been recorded as how an intent ended. */
  isRecorded(error: unknown): boolean {
    return typeof error === 'object' && error !== null && this.#recorded.has(error);
  }

  /** Writes what is still to be written; at the end of the server. */
  async flush(): Promise<void> {
    await this.#owed.flush();
  }

  /** Around something that is done: its intent before, its outcome after. @throws what `work` throws, and as `intent` */
  async around<T>(who: Who, act: Act, work: () => Promise<T>): Promise<T> {
    const intent = await this.intent(who, act);
    try {
      const result = await work();
      intent.done();
      return result;
    } catch (error) {
      intent.failed(error);
      throw error;
    }
  }

  /** @returns the `seq`, undefined when it could not be recorded and that is not required */
  async #begin(who: Who, act: Act, until: Durability): Promise<number | undefined> {
    const entry = maskEntry({ ...who, ...act, decision: 'allowed' });
    try {
      return await this.#log.append(entry, until);
    } catch (error) {
      if (!(error instanceof AuditWriteError)) throw error;
      if (this.#isRequired) throw new AuditUnavailableError(error.message, { cause: error });
      this.#logger.warn(`not recorded: ${act.action} (${error.message})`);
      this.#add(entry);
      return undefined;
    }
  }

  #add(entry: AuditEntry): void {
    this.#owed.add(maskEntry(entry));
  }
}
