import type { BrowserContext, Page } from '@playwright/test';
import type { Viewer } from '../viewers/viewer.ts';
import type { PrivateTmux } from '../tmux.ts';
import type { Cleanup } from '../cleanup.ts';
import type { Shown } from '../page-probe.ts';

/** Something that shows a tmux session in a browser. */
export interface Target {
  readonly name: string;
  /** Its server's process; what it starts (such as `tmux attach`) is below it. */
  readonly pid: number;
  /** Where it listens on 127.0.0.1. */
  readonly port: number;
  /** Where its page shows the session's first pane. */
  readonly shown: Shown;
  /** Rows that its page shows below the panes: tmux's status line, where tmux draws the screen. */
  readonly statusRows: number;
  /** Signs the browser in, where that is asked for. */
  prepare(context: BrowserContext, origin: string): Promise<void>;
  /** Goes to the page of the session; does not wait for anything in it. */
  visit(page: Page, origin: string): Promise<void>;
  /** Gives the keyboard to the terminal. */
  focus(page: Page): Promise<void>;
  /** What a person does to get back after the network was away. */
  comeBack(page: Page): Promise<void>;
  /** A program that watches the session without drawing it. */
  view(cleanup: Cleanup, number: number): Promise<Viewer>;
}

export type StartTarget = (
  cleanup: Cleanup,
  tmux: PrivateTmux,
  options?: TargetOptions,
) => Promise<Target>;

export interface TargetOptions {
  /** Further flags of our own server. */
  readonly flags?: readonly string[];
  /** Whether our own server can be asked what its memory holds (`Tmuxy.retainedBytes`). */
  readonly isObserved?: boolean;
}
