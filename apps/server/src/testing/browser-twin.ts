import { Terminal } from '@xterm/headless';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { encodedLength } from '#tmux-protocol';
import type {
  FrameEvent,
  OutputEvent,
  PaneChange,
  PaneId,
  PaneView,
  SnapshotEvent,
  StateEvent,
} from '#dto';
import type { ReceivedEvent, TestStream } from './test-stream.js';

/** With the `u` flag halves of pairs do not match: only bytes that were no UTF-8, which tmux 3.3a prints as nothing. */
const LONE_BYTES = /[\udc80-\udcff]/gu;

interface TwinPane {
  terminal: Terminal;
  /** Where the next output must start. */
  offset: number;
  written: Promise<void>;
}

/** What a browser does with a stream, without a browser: one terminal per pane, offsets checked. */
export class BrowserTwin {
  readonly #panes = new Map<PaneId, TwinPane>();
  /** Outputs that did not start where the last one ended: any is a lost or doubled byte. */
  readonly breaks: string[] = [];
  snapshots = 0;
  /** Pictures of single panes. */
  pictures = 0;
  readonly #mayRepeat: boolean;

  /** @param mayRepeat whether outputs that it has may come again, as when a viewer comes back; they are left out */
  constructor(stream: TestStream, { mayRepeat = false } = {}) {
    this.#mayRepeat = mayRepeat;
    this.follow(stream);
  }

  /** Goes on with another stream, as a browser that came back. */
  follow(stream: TestStream): void {
    for (const event of stream.events) this.#take(event);
    stream.onEvent = (event) => {
      this.#take(event);
    };
  }

  terminal(pane: PaneId): Terminal {
    const found = this.#panes.get(pane);
    if (found === undefined) throw new Error(`the twin has no pane ${pane}`);
    return found.terminal;
  }

  offset(pane: PaneId): number {
    return this.#panes.get(pane)?.offset ?? -1;
  }

  /** History and screen as text, each row without the spaces at its end. */
  async rows(pane: PaneId): Promise<string[]> {
    await this.#panes.get(pane)?.written;
    const { buffer, rows } = this.terminal(pane);
    const { active } = buffer;
    return Array.from({ length: active.baseY + rows }, (_, index) =>
      (active.getLine(index)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  async cursor(pane: PaneId): Promise<{ x: number; y: number }> {
    await this.#panes.get(pane)?.written;
    const { cursorX, cursorY } = this.terminal(pane).buffer.active;
    return { x: cursorX, y: cursorY };
  }

  dispose(): void {
    for (const { terminal } of this.#panes.values()) terminal.dispose();
  }

  #take({ type, data }: ReceivedEvent): void {
    if (type === 'snapshot') this.#snapshot(data as SnapshotEvent);
    else if (type === 'output') this.#output(data as OutputEvent);
    else if (type === 'frame') this.#frame(data as FrameEvent);
    else if (type === 'state')
      (data as StateEvent).panes?.forEach((change) => this.#change(change));
  }

  #snapshot({ panes }: SnapshotEvent): void {
    this.snapshots += 1;
    for (const pane of panes) this.#seed(pane, pane);
  }

  #change(change: PaneChange): void {
    const { id, screen, offset } = change;
    if (screen === undefined || offset === undefined) return;
    const old = this.#panes.get(id)?.terminal;
    this.pictures += 1;
    this.#seed(
      { id, offset, screen },
      { cols: change.cols ?? old?.cols, rows: change.rows ?? old?.rows },
    );
  }

  #seed(
    { id, offset, screen }: Pick<PaneView, 'id' | 'offset' | 'screen'>,
    size: { readonly cols?: number | undefined; readonly rows?: number | undefined },
  ): void {
    const old = this.#panes.get(id);
    if (old !== undefined && offset !== old.offset) {
      // A new picture may jump ahead, never back.
      if (offset < old.offset && this.snapshots < 2) this.breaks.push(`${id} seeded at ${offset}`);
    }
    old?.terminal.dispose();
    const terminal = new Terminal({
      cols: size.cols ?? 80,
      rows: size.rows ?? 24,
      scrollback: 50_000,
      allowProposedApi: true,
    });
    terminal.loadAddon(new Unicode11Addon());
    terminal.unicode.activeVersion = '11';
    this.#panes.set(id, { terminal, offset, written: write(terminal, screen) });
  }

  #frame({ pane: id, screen }: FrameEvent): void {
    const pane = this.#panes.get(id);
    if (pane === undefined) this.breaks.push(`${id} had a frame before it was shown`);
    else pane.written = write(pane.terminal, screen);
  }

  #output({ pane: id, offset, data }: OutputEvent): void {
    const pane = this.#panes.get(id);
    if (pane === undefined) {
      this.breaks.push(`${id} had output before it was shown`);
      return;
    }
    const next = offset + encodedLength(data);
    // Whole outputs only: the server never cuts one anew.
    if (this.#mayRepeat && next <= pane.offset) return;
    if (pane.offset !== offset) this.breaks.push(`${id} expected ${pane.offset}, got ${offset}`);
    pane.offset = next;
    pane.written = write(pane.terminal, data.replace(LONE_BYTES, ''));
  }
}

function write(terminal: Terminal, data: string): Promise<void> {
  return new Promise((resolve) => {
    terminal.write(data, resolve);
  });
}
