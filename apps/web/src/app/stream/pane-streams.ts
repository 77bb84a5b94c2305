import type { OutputEvent, PaneId } from '#dto';
import { placeOutput, printable } from './pane-offset';
import type { PaneSinks } from './pane-sinks';
import type { PaneSeeding } from './session-state';
import { WriteBudget } from './write-budget';

/** Passes seeds and output on to the terminals, each byte once, and notices a gap. */
export class PaneStreams {
  private readonly sinks: PaneSinks;
  private readonly budget = new WriteBudget();
  private readonly expected = new Map<PaneId, number>();
  private readonly broken = new Set<PaneId>();

  constructor(sinks: PaneSinks) {
    this.sinks = sinks;
  }

  seed(seeding: PaneSeeding): void {
    const { pane, offset, screen } = seeding;
    this.expected.set(pane.id, offset);
    this.broken.delete(pane.id);
    this.sinks.seed(pane, screen, this.budget.take(screen.length));
  }

  /** Writes what is new of an output; false at the first sign that something before it is missing. */
  output(event: OutputEvent): boolean {
    const expected = this.expected.get(event.pane);
    if (expected === undefined || this.broken.has(event.pane)) return true;
    const placement = placeOutput(expected, event.offset, event.data);
    if (placement.kind === 'gap') {
      this.broken.add(event.pane);
      return false;
    }
    if (placement.kind === 'write') {
      this.expected.set(event.pane, placement.next);
      const data = printable(placement.data);
      this.sinks.write(event.pane, data, this.budget.take(data.length));
    }
    return true;
  }

  remove(pane: PaneId): void {
    this.expected.delete(pane);
    this.broken.delete(pane);
    this.sinks.remove(pane);
  }

  /** Forgets every pane and disposes its terminal. */
  clear(): void {
    for (const pane of [...this.expected.keys()]) this.remove(pane);
  }

  /** Resolves when the terminals kept up enough to read on. */
  ready(): Promise<void> {
    return this.budget.ready();
  }
}
