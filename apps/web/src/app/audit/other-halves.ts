import { concatMap, EMPTY, catchError, from } from 'rxjs';
import type { Subscription } from 'rxjs';
import type { AuditRecordView } from '#dto';
import type { AuditApi } from './audit-api';
import { otherHalves, stretchesOfMissing } from './missing-halves';

/** Requests that one page may cost beside its own; what they do not find is looked for when a row is opened. */
export const REQUESTS_MAX = 8;

/** Finds the intents and outcomes that filters left out, so that a row tells both what was wanted and how it ended. */
export class OtherHalves {
  private readonly api: AuditApi;
  private readonly add: (records: readonly AuditRecordView[]) => void;
  private request: Subscription | undefined;
  /** Where was looked already: what is not there now will come live, or never. */
  private readonly asked = new Set<number>();

  constructor(api: AuditApi, add: (records: readonly AuditRecordView[]) => void) {
    this.api = api;
    this.add = add;
  }

  /** Looks for what `records` lack; those found are added. @param size of the whole log */
  find(records: readonly AuditRecordView[], size: number): void {
    this.request?.unsubscribe();
    const fresh = records.filter(({ seq }) => !this.asked.has(seq));
    for (const { seq } of fresh) this.asked.add(seq);
    const stretches = stretchesOfMissing(records, fresh, size).slice(0, REQUESTS_MAX);
    this.request = from(stretches)
      .pipe(
        concatMap(({ before, limit }) =>
          // Without them the rows are less telling, and no less true: nobody has to hear of it.
          this.api.page({}, before, limit).pipe(catchError(() => EMPTY)),
        ),
      )
      .subscribe((page) => {
        const found = otherHalves(records, page.records);
        if (found.length > 0) this.add(found);
      });
  }

  stop(): void {
    this.request?.unsubscribe();
    this.asked.clear();
  }
}
