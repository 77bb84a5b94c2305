import { ApplicationRef, DOCUMENT, Injectable, inject } from '@angular/core';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { retype } from './retype';

/** Most keys kept back; further ones are dropped, as a keyboard's full buffer does. */
const HELD_MAX = 256;
/** Longest a binding may keep keys back. */
const HOLD_MAX_MS = 2_000;

/**
 * Keys pressed while a binding runs belong to what it opens: after `prefix x` a quick `y` answers the
 * question and is not typed into the program. They wait here and are pressed again after it.
 */
@Injectable()
export class TypeAhead {
  private readonly document = inject(DOCUMENT);
  private readonly app = inject(ApplicationRef);
  private readonly environment = inject(STREAM_ENVIRONMENT);

  private held: KeyboardEvent[] | null = null;

  /** Keeps keys back until `work` is settled. */
  during(work: Promise<void>): void {
    const held: KeyboardEvent[] = [];
    this.held = held;
    const release = (): void => {
      cancel();
      if (this.held === held) this.release(held);
    };
    const cancel = this.environment.after(HOLD_MAX_MS, release);
    void work.finally(release);
  }

  /** Takes the key when keys are kept back now. */
  hold(event: KeyboardEvent): boolean {
    if (this.held === null) return false;
    if (this.held.length < HELD_MAX) this.held.push(event);
    return true;
  }

  private release(held: readonly KeyboardEvent[]): void {
    this.held = null;
    for (const event of held) {
      // What the binding, or the key before, opened must be there and have the focus.
      this.app.tick();
      retype(event, this.document);
    }
  }
}
