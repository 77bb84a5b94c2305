import { DestroyRef, Injectable, effect, inject, untracked } from '@angular/core';
import type { Terminal } from '@xterm/xterm';
import type { PaneId } from '#dto';
import { CopyMode } from '../keys/copy-mode';
import { InputQueue } from '../stream/input-queue';
import type { InputWatcher } from '../stream/input-queue';
import { SessionStore } from '../stream/session-store';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { CellMetrics } from '../terminal/cell-metrics';
import { EchoSetting } from './echo-setting';
import { PanePrediction } from './pane-prediction';
import { RoundTrip } from './round-trip';

/** Predictive echo of a session's panes: what is typed is shown before it comes back, on slow networks. */
@Injectable()
export class Predictions implements InputWatcher {
  private readonly store = inject(SessionStore);
  private readonly copyMode = inject(CopyMode);
  private readonly metrics = inject(CellMetrics);
  private readonly setting = inject(EchoSetting);
  private readonly environment = inject(STREAM_ENVIRONMENT);
  private readonly roundTrip = new RoundTrip();
  private readonly panes = new Map<PaneId, PanePrediction>();

  constructor() {
    const queue = inject(InputQueue);
    queue.watch(this);
    inject(DestroyRef).onDestroy(() => {
      queue.watch(null);
    });
    effect(() => {
      this.setting.choice();
      this.copyMode.state();
      this.store.panes();
      this.store.canType();
      untracked(() => {
        for (const pane of this.panes.values()) pane.update();
      });
    });
  }

  /** Predicts in a terminal that is on the page. @returns the end of it */
  follow(pane: PaneId, terminal: Terminal): () => void {
    const screen = terminal.element?.querySelector<HTMLElement>('.xterm-screen') ?? null;
    if (screen === null) return () => undefined;
    const prediction = new PanePrediction(terminal, screen, {
      environment: this.environment,
      patience: () => this.roundTrip.patience,
      isWanted: () => this.isWanted(pane),
      cell: () => ({ ...this.metrics.layout(), fontFamily: this.metrics.fontFamily }),
    });
    this.panes.set(pane, prediction);
    return () => {
      prediction.dispose();
      if (this.panes.get(pane) === prediction) this.panes.delete(pane);
    };
  }

  queued(pane: PaneId, text: string | null, end: number): void {
    this.panes.get(pane)?.queued(text, end);
  }

  settled(pane: PaneId, end: number, roundTripMs: number | null): void {
    if (roundTripMs !== null) this.roundTrip.add(roundTripMs);
    this.panes.get(pane)?.answered(end);
  }

  private isWanted(pane: PaneId): boolean {
    const choice = this.setting.choice();
    const isOn = choice === 'always' || (choice === 'automatic' && this.roundTrip.isLong);
    // In a mode, the browser's or tmux's, keys move through history and are echoed by nobody.
    const mode = this.store.panes().get(pane)?.mode ?? null;
    const isInMode = mode !== null || this.copyMode.state()?.pane === pane;
    return isOn && !isInMode && this.store.canType();
  }
}
