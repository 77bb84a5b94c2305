import type { JSHandle, Page } from '@playwright/test';
import type { Terminal } from '@xterm/xterm';

/** A terminal in a web page, showing a shell in tmux. */
export interface OpenTerminal {
  readonly page: Page;
  readonly terminal: JSHandle<Terminal>;
}

/** Something that shows a tmux session in a browser. */
export interface Target {
  readonly name: string;
  /** Opens its page until the shell's prompt is there and takes keys. */
  open(page: Page): Promise<OpenTerminal>;
  close(): Promise<void>;
}

/** What all targets of one run have in common. */
export interface Surroundings {
  /** A folder of this run alone. */
  readonly folder: string;
  /** tmux's private socket, on which the session `main` runs `sh`. */
  readonly socket: string;
  readonly env: NodeJS.ProcessEnv;
}
