import type { FrameEvent, PaneId } from '#dto';
import type { Block } from '#tmux-protocol';
import type { LineCommand } from '../command-queue.js';
import { cursorRow, type PaneCapture } from '../pane-capture.js';
import { frameText } from '../pane-screen.js';
import { CalmWatch } from './calm-watch.js';
import { frameIntervalMs } from './frame-interval.js';
import { FloodMeter } from './flood-meter.js';
import { frameCommands, readFrame } from './frame.js';

/** From the answer to one look at a paused pane that nobody sees to the next look. */
const UNSEEN_INTERVAL_MS = 1_000;
/** What a program may take to answer a key before its pane is looked at. */
const AFTER_KEY_MS = 10;

/** What flood control needs of the session it belongs to. */
export interface FloodPort {
  /** See `ControlClient.run`. */
  run(
    commands: readonly LineCommand[],
    onReplied?: (blocks: readonly Block[]) => void,
  ): Promise<unknown>;
  /** tmux dropped what it had of this pane, and sends nothing more of it. */
  paused(pane: PaneId): void;
  /** Whether this tmux loses the memory of each capture (`frameIntervalMs`). */
  isLeaking(): boolean;
  /** Whether the pane is drawn where the session's current window is shown. */
  isShown(pane: PaneId): boolean;
  /**
   * What is on a paused pane's screen, in order with everything else that is told of it; only when it differs from
   * what was told last. @param lastLine the row that the cursor is in
   */
  frame(frame: FrameEvent, lastLine: string): void;
  /** The flood is over: the pane must go on, from a whole picture. */
  resume(pane: PaneId): void;
}

class PaneFlood {
  readonly meter = new FloodMeter();
  readonly calm = new CalmWatch();
  state: 'streaming' | 'pausing' | 'paused' = 'streaming';
  timer: NodeJS.Timeout | undefined;
  /** Whether a look is under way, and whether the next must follow at once. */
  isLooking = false;
  isHurried = false;
  /** The frame that was told last. */
  text = '';

  /** When it was paused. */
  since = 0;

  /** How long the next look may wait. */
  pauseBefore(isShown: boolean, now: number, isLeaking: boolean): number {
    if (this.isHurried) return AFTER_KEY_MS;
    return isShown ? frameIntervalMs(now - this.since, isLeaking) : UNSEEN_INTERVAL_MS;
  }
}

/** Pauses the panes that flood and shows them by looks (ADR 14). One for each control client. */
export class FloodControl {
  readonly #port: FloodPort;
  readonly #now: () => number;
  readonly #panes = new Map<PaneId, PaneFlood>();

  constructor(port: FloodPort, now = () => performance.now()) {
    this.#port = port;
    this.#now = now;
  }

  /** Output came that tmux held back for `ageMs`. */
  heard(pane: PaneId, bytes: number, ageMs: number): void {
    let flood = this.#panes.get(pane);
    if (flood === undefined) {
      flood = new PaneFlood();
      this.#panes.set(pane, flood);
    }
    const now = this.#now();
    if (!flood.meter.heard(bytes, now, ageMs) || flood.state !== 'streaming') return;
    flood.state = 'pausing';
    flood.calm.begin(now);
    // tmux tells of this pause within the reply, where it is no notification (tmux.md §1.3).
    const paused = this.#port.run([{ words: ['refresh-client', '-A', `${pane}:pause`] }], () =>
      this.#begin(pane, flood),
    );
    // Gone, or its client is: either is told by other ways.
    paused.catch(() => this.#forget(pane));
  }

  /** Whether a pane is paused that tmux says it paused by itself: then it is shown by looks anyway. */
  isPaused(pane: PaneId): boolean {
    return this.#panes.get(pane)?.state === 'paused';
  }

  /** Somebody typed into a pane: its answer should not wait for the next look. */
  typed(pane: PaneId): void {
    const flood = this.#panes.get(pane);
    if (flood?.state === 'paused') this.#lookIn(pane, flood, AFTER_KEY_MS);
  }

  /** Somebody was given a whole picture of a pane: the next frame is told even if it is like the last. */
  pictured(pane: PaneId): void {
    const flood = this.#panes.get(pane);
    if (flood !== undefined) flood.text = '';
  }

  /** Panes came, went, or came into sight. */
  moved(isThere: (pane: PaneId) => boolean): void {
    for (const [pane, flood] of this.#panes) {
      if (!isThere(pane)) this.#forget(pane);
      else if (flood.state === 'paused') this.#lookIn(pane, flood, 0);
    }
  }

  /** Ends all looks; nothing is told any more. */
  stop(): void {
    for (const pane of [...this.#panes.keys()]) this.#forget(pane);
  }

  #begin(pane: PaneId, flood: PaneFlood): void {
    flood.state = 'paused';
    flood.since = this.#now();
    flood.meter.reset();
    this.#port.paused(pane);
    this.#lookIn(pane, flood, 0);
  }

  #forget(pane: PaneId): void {
    clearTimeout(this.#panes.get(pane)?.timer);
    this.#panes.delete(pane);
  }

  #lookIn(pane: PaneId, flood: PaneFlood, ms: number): void {
    if (flood.isLooking) {
      flood.isHurried = true;
      return;
    }
    clearTimeout(flood.timer);
    flood.timer = setTimeout(() => {
      this.#look(pane, flood).catch(() => this.#giveUp(pane, flood));
    }, ms).unref();
  }

  async #look(pane: PaneId, flood: PaneFlood): Promise<void> {
    const isShown = this.#port.isShown(pane);
    flood.isLooking = true;
    flood.isHurried = false;
    try {
      await this.#port.run(frameCommands(pane, isShown), (blocks) =>
        this.#seen(pane, flood, blocks),
      );
    } finally {
      flood.isLooking = false;
    }
    if (flood.state !== 'paused' || this.#panes.get(pane) !== flood) return;
    const wait = flood.pauseBefore(isShown, this.#now(), this.#port.isLeaking());
    this.#lookIn(pane, flood, wait);
  }

  /** A look failed. Where the pane is still there it must not stay paused. */
  #giveUp(pane: PaneId, flood: PaneFlood): void {
    if (this.#panes.get(pane) !== flood) return;
    this.#forget(pane);
    this.#port.resume(pane);
  }

  #seen(pane: PaneId, flood: PaneFlood, blocks: readonly Block[]): void {
    if (flood.state !== 'paused' || this.#panes.get(pane) !== flood) return;
    const frame = readFrame(blocks);
    if (frame.capture !== undefined) this.#tell(pane, flood, frame.capture);
    if (!flood.calm.seen(frame, this.#now())) return;
    flood.state = 'streaming';
    flood.text = '';
    this.#port.resume(pane);
  }

  #tell(pane: PaneId, flood: PaneFlood, capture: PaneCapture): void {
    const screen = frameText(capture);
    if (screen === flood.text) return;
    flood.text = screen;
    this.#port.frame({ pane, screen }, cursorRow(capture));
  }
}
