import type { PaneId } from '#dto';
import { PaneOutput, type OutputPiece } from './pane-output.js';

/** Where the output of the panes goes. */
export interface OutputListener {
  output(pane: PaneId, piece: OutputPiece): void;
  bell(pane: PaneId): void;
}

/** The outputs of all panes of a session, passed on together: one piece per pane for each chunk from tmux. */
export class PaneOutputs {
  readonly #outputs = new Map<PaneId, PaneOutput>();
  readonly #touched = new Set<PaneId>();

  get(pane: PaneId): PaneOutput | undefined {
    return this.#outputs.get(pane);
  }

  /** Whether the pane must be looked at, because its first bytes continue a character nobody saw begin. */
  push(pane: PaneId, data: Uint8Array): boolean {
    let output = this.#outputs.get(pane);
    if (output === undefined) {
      output = new PaneOutput();
      this.#outputs.set(pane, output);
    }
    const isCut = output.startsInsideCharacter(data);
    output.push(data);
    this.#touched.add(pane);
    return isCut;
  }

  /** Passes on what came since the last call. Output of a pane that is not known yet is in its first picture. */
  flush(listener: OutputListener, isKnown: (pane: PaneId) => boolean): void {
    for (const pane of this.#touched) {
      const output = this.#outputs.get(pane);
      const piece = output?.take();
      const bells = output?.takeBells() ?? 0;
      if (!isKnown(pane)) continue;
      if (piece !== undefined) listener.output(pane, piece);
      if (bells > 0) listener.bell(pane);
    }
    this.#touched.clear();
  }

  /** The stream was interrupted: nothing that is held back will be completed. */
  interrupt(): void {
    for (const output of this.#outputs.values()) output.interrupt();
  }

  /** Forgets the panes that are gone. */
  keep(isThere: (pane: PaneId) => boolean): void {
    for (const pane of this.#outputs.keys()) {
      if (!isThere(pane)) this.#outputs.delete(pane);
    }
  }
}
