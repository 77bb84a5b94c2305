import { InjectionToken } from '@angular/core';
import type { PaneId, PaneInfo } from '#dto';

/** Where panes' pictures and output go; the terminals implement it. */
export interface PaneSinks {
  /** Replaces a pane's terminal by `screen` at `pane.cols`×`pane.rows`; makes it when there is none. */
  seed(pane: PaneInfo, screen: string, done: () => void): void;
  /** Appends output; `done` is called once it was parsed, or left out: then a new seed is needed. */
  write(pane: PaneId, data: string, done: (isDrawn: boolean) => void): void;
  /** Draws over what is on screen, instead of all output that waits; `done` once it is parsed or replaced. */
  frame(pane: PaneId, screen: string, done: () => void): void;
  remove(pane: PaneId): void;
}

export const PANE_SINKS = new InjectionToken<PaneSinks>('PANE_SINKS');
