import { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';
import { hasFastWebgl } from './fast-webgl';

/** Asked once: every context counts against the few that a page may have. */
let isFast: boolean | undefined;

/** A terminal's WebGL renderer while it is wanted and the browser has one to give; else the DOM's. */
export class WebglRenderer {
  private readonly terminal: Terminal;
  private addon: WebglAddon | null = null;
  /** Whether it failed before: a browser that refused or took away a context will do so again. */
  private hasFailed = false;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  setEnabled(isEnabled: boolean): void {
    if (!isEnabled) this.dispose();
    else if (this.addon === null && !this.hasFailed) this.enable();
  }

  dispose(): void {
    this.addon?.dispose();
    this.addon = null;
  }

  private enable(): void {
    isFast ??= hasFastWebgl(document);
    if (!isFast) {
      this.hasFailed = true;
      return;
    }
    const addon = new WebglAddon();
    try {
      this.terminal.loadAddon(addon);
    } catch {
      // No WebGL2 here, or no context left: xterm stays with the DOM renderer.
      this.hasFailed = true;
      return;
    }
    this.addon = addon;
    addon.onContextLoss(() => {
      this.hasFailed = true;
      this.dispose();
    });
  }
}
