import type { FrameEvent, OutputEvent, PaneId } from '#dto';
import { placeOutput, printable } from './pane-offset';
import type { PaneSinks } from './pane-sinks';
import type { PaneSeeding } from './session-state';
import { WriteBudget } from './write-budget';

/** Passes seeds and output on to the terminals, each byte once, and notices when something is missing. */
export class PaneStreams {
  private readonly sinks: PaneSinks;
  private readonly missing: () => void;
  private readonly budget = new WriteBudget();
  private readonly expected = new Map<PaneId, number>();
  private readonly broken = new Set<PaneId>();

  /** @param missing called once per pane that something is missing of; only a seed mends that. */
  constructor(sinks: PaneSinks, missing: () => void) {
    this.sinks = sinks;
    this.missing = missing;
  }

  /** @param parsed called when it is on the screen, as by the others. */
  seed(seeding: PaneSeeding, parsed: () => void = () => undefined): void {
    const { pane, offset, screen } = seeding;
    this.expected.set(pane.id, offset);
    this.broken.delete(pane.id);
    this.sinks.seed(pane, screen, this.taken(screen, parsed));
  }

  /** Writes what is new of an output, unless something before it is missing. */
  output({ pane, offset, data }: OutputEvent, parsed: () => void = () => undefined): void {
    const expected = this.expected.get(pane);
    const isFollowed = expected !== undefined && !this.broken.has(pane);
    const placement = isFollowed ? placeOutput(expected, offset, data) : { kind: 'known' as const };
    if (placement.kind === 'gap') this.lose(pane);
    if (placement.kind !== 'write') {
      parsed();
      return;
    }
    this.expected.set(pane, placement.next);
    const text = printable(placement.data);
    const done = this.taken(text, parsed);
    this.sinks.write(pane, text, (isDrawn) => {
      done();
      if (!isDrawn) this.lose(pane);
    });
  }

  /** Draws what is on the screen of a pane whose output is not streamed for the moment. */
  frame({ pane, screen }: FrameEvent, parsed: () => void = () => undefined): void {
    if (!this.expected.has(pane) || this.broken.has(pane)) parsed();
    else this.sinks.frame(pane, screen, this.taken(screen, parsed));
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

  /** Whether a pane waits for a seed because something of it is missing. */
  isMissing(): boolean {
    return this.broken.size > 0;
  }

  /** Resolves when the terminals kept up enough to read on. */
  ready(): Promise<void> {
    return this.budget.ready();
  }

  private taken(text: string, parsed: () => void): () => void {
    const giveBack = this.budget.take(text.length);
    return () => {
      giveBack();
      parsed();
    };
  }

  private lose(pane: PaneId): void {
    if (this.broken.has(pane)) return;
    this.broken.add(pane);
    this.missing();
  }
}
