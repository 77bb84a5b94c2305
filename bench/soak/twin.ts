import headless from '@xterm/headless';
import type { Terminal } from '@xterm/headless';
import type { StreamEvent } from '../viewers/event-stream.ts';

/** With the `u` flag halves of pairs do not match: only bytes that were no UTF-8 (docs/protocol.md). */
const LONE_BYTES = /[\udc80-\udcff]/gu;
/** A lone surrogate is counted by Node as the three bytes of U+FFFD. */
const LONE_BYTE_EXCESS = 2;

interface Shown {
  readonly terminal: Terminal;
  /** Where the next output must start. */
  offset: number;
  written: Promise<void>;
}

interface PaneFields {
  readonly id: string;
  readonly cols?: number;
  readonly rows?: number;
  readonly offset?: number;
  readonly screen?: string;
}

interface Events {
  readonly snapshot: { readonly panes: readonly PaneFields[] };
  readonly state: {
    readonly panes?: readonly PaneFields[];
    readonly removedPanes?: readonly string[];
  };
  readonly output: { readonly pane: string; readonly offset: number; readonly data: string };
  readonly frame: { readonly pane: string; readonly screen: string };
}

/** How many bytes of a pane a text stands for. */
export function bytesOf(data: string): number {
  const lone = data.match(LONE_BYTES)?.length ?? 0;
  return Buffer.byteLength(data) - LONE_BYTE_EXCESS * lone;
}

/** What a browser does with a stream, without a browser: a terminal for each pane, offsets checked. */
export class Twin {
  /** Outputs that did not start where the one before ended: each is a byte lost or doubled. */
  readonly breaks: string[] = [];
  snapshots = 0;
  readonly #panes = new Map<string, Shown>();

  take({ name, data }: Pick<StreamEvent, 'name' | 'data'>): void {
    if (name === 'snapshot') this.#snapshot(JSON.parse(data) as Events['snapshot']);
    else if (name === 'state') this.#state(JSON.parse(data) as Events['state']);
    else if (name === 'output') this.#output(JSON.parse(data) as Events['output']);
    else if (name === 'frame') this.#frame(JSON.parse(data) as Events['frame']);
  }

  panes(): readonly string[] {
    return [...this.#panes.keys()];
  }

  /** The screen of a pane, each row without the spaces at its end. */
  async rows(pane: string): Promise<readonly string[]> {
    const shown = this.#panes.get(pane);
    if (!shown) return [];
    await shown.written;
    const { buffer, rows } = shown.terminal;
    return Array.from({ length: rows }, (_, y) => {
      const line = buffer.active.getLine(buffer.active.baseY + y);
      return (line?.translateToString(true) ?? '').trimEnd();
    });
  }

  dispose(): void {
    for (const { terminal } of this.#panes.values()) terminal.dispose();
    this.#panes.clear();
  }

  #snapshot({ panes }: Events['snapshot']): void {
    this.snapshots += 1;
    this.dispose();
    for (const pane of panes) this.#seed(pane);
  }

  #state({ panes = [], removedPanes = [] }: Events['state']): void {
    for (const pane of panes) this.#seed(pane);
    for (const pane of removedPanes) {
      this.#panes.get(pane)?.terminal.dispose();
      this.#panes.delete(pane);
    }
  }

  #seed({ id, cols, rows, offset, screen }: PaneFields): void {
    if (screen === undefined || offset === undefined) return;
    const old = this.#panes.get(id)?.terminal;
    const terminal = new headless.Terminal({
      cols: cols ?? old?.cols ?? 80,
      rows: rows ?? old?.rows ?? 24,
      allowProposedApi: true,
    });
    old?.dispose();
    this.#panes.set(id, { terminal, offset, written: write(terminal, screen) });
  }

  #output({ pane, offset, data }: Events['output']): void {
    const shown = this.#panes.get(pane);
    if (!shown) {
      this.breaks.push(`${pane} had output before it was shown`);
      return;
    }
    if (shown.offset !== offset) {
      this.breaks.push(`${pane} went on at ${offset} instead of ${shown.offset}`);
    }
    shown.offset = offset + bytesOf(data);
    shown.written = write(shown.terminal, data.replace(LONE_BYTES, ''));
  }

  #frame({ pane, screen }: Events['frame']): void {
    const shown = this.#panes.get(pane);
    if (shown) shown.written = write(shown.terminal, screen);
  }
}

function write(terminal: Terminal, data: string): Promise<void> {
  return new Promise((resolve) => terminal.write(data, resolve));
}
