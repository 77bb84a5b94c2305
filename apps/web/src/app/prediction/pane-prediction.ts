import type { IDisposable, Terminal } from '@xterm/xterm';
import { TmuxUnicode } from '../terminal/unicode-widths';
import type { StreamEnvironment } from '../stream/stream-environment';
import { keystrokes } from './keystrokes';
import { PredictionOverlay } from './prediction-overlay';
import type { CellLook } from './prediction-overlay';
import { Predictor } from './predictor';
import type { Patience } from './predictor';
import { terminalLine } from './terminal-line';

/** A paste, which may be anything. */
const UNKNOWN = [{ kind: 'other' }] as const;

const widths = new TmuxUnicode();
const widthOf = (codePoint: number): number => widths.wcwidth(codePoint);

export interface PanePredictionOptions {
  readonly environment: Pick<StreamEnvironment, 'now' | 'after'>;
  readonly patience: () => Patience;
  /** Whether predictions are to be made and shown now. */
  readonly isWanted: () => boolean;
  readonly cell: () => CellLook;
}

/** Predictions of one terminal that is on the page: feeds the predictor and draws what it says. */
export class PanePrediction {
  private readonly terminal: Terminal;
  private readonly options: PanePredictionOptions;
  private readonly predictor: Predictor;
  private readonly overlay: PredictionOverlay;
  private readonly listeners: readonly IDisposable[];
  private cancelTimer: () => void = () => undefined;

  constructor(terminal: Terminal, screen: HTMLElement, options: PanePredictionOptions) {
    this.terminal = terminal;
    this.options = options;
    this.predictor = new Predictor(options.patience);
    this.overlay = new PredictionOverlay(screen);
    const forget = (): void => {
      this.predictor.reset();
      this.update();
    };
    const update = (): void => {
      this.update();
    };
    this.listeners = [
      terminal.onWriteParsed(update),
      terminal.onScroll(update),
      terminal.onResize(forget),
      terminal.buffer.onBufferChange(forget),
    ];
  }

  /** @param text null: a paste */
  queued(text: string | null, end: number): void {
    if (!this.options.isWanted()) {
      this.update();
      return;
    }
    const strokes = text === null ? UNKNOWN : keystrokes(text, widthOf);
    const line = terminalLine(this.terminal);
    for (const stroke of strokes)
      this.predictor.type(stroke, end, line, this.options.environment.now());
    this.update();
  }

  answered(end: number): void {
    this.predictor.answered(end, this.options.environment.now());
    this.update();
  }

  /** Compares with the terminal and draws what is left. */
  update(): void {
    if (this.predictor.isIdle) {
      this.overlay.hide();
      return;
    }
    if (!this.options.isWanted()) this.predictor.reset();
    this.predictor.settle(terminalLine(this.terminal), this.options.environment.now());
    this.draw();
    this.startTimer();
  }

  dispose(): void {
    this.cancelTimer();
    for (const listener of this.listeners) listener.dispose();
    this.overlay.dispose();
  }

  private draw(): void {
    const picture = this.predictor.picture();
    const row = picture === null ? -1 : picture.line - this.terminal.buffer.active.viewportY;
    if (picture === null || row < 0 || row >= this.terminal.rows) this.overlay.hide();
    else this.overlay.show(picture, row, this.options.cell());
  }

  private startTimer(): void {
    this.cancelTimer();
    this.cancelTimer = () => undefined;
    const { dueAt } = this.predictor;
    if (dueAt === null) return;
    const { now, after } = this.options.environment;
    this.cancelTimer = after(Math.max(0, dueAt - now()), () => {
      this.update();
    });
  }
}
