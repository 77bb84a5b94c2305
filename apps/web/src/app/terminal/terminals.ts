import { DOCUMENT, Service, computed, effect, inject, untracked } from '@angular/core';
import type { Terminal } from '@xterm/xterm';
import type { PaneId, PaneInfo } from '#dto';
import type { PaneSinks } from '../stream/pane-sinks';
import { Theme } from '../ui/theme';
import { CellMetrics } from './cell-metrics';
import { ClipboardWrites } from './clipboard-writes';
import { Links } from './links';
import { PaneScreen } from './pane-screen';
import type { ScreenLook } from './pane-screen';
import { readTheme } from './terminal-theme';

declare global {
  interface Window {
    /** For tests and assistive tools. */
    tmuxy?: { readonly terminals: ReadonlyMap<PaneId, Terminal> };
  }
}

/** Every pane's terminal, from its first picture to its end, on screen or not. */
@Service()
export class Terminals implements PaneSinks {
  private readonly document = inject(DOCUMENT);
  private readonly theme = inject(Theme);
  private readonly metrics = inject(CellMetrics);
  private readonly links = inject(Links);
  private readonly clipboard = inject(ClipboardWrites);
  private readonly screens = new Map<PaneId, PaneScreen>();
  private readonly terminals = new Map<PaneId, Terminal>();
  private readonly look = computed<ScreenLook>(() => {
    this.theme.scheme();
    return {
      theme: readTheme(this.document.documentElement),
      fontFamily: this.metrics.fontFamily,
      fontSize: this.metrics.layout().fontSize,
    };
  });

  constructor() {
    window.tmuxy = { terminals: this.terminals };
    effect(() => {
      const look = this.look();
      for (const screen of this.screens.values()) screen.setLook(look);
    });
  }

  get(pane: PaneId): Terminal | undefined {
    return this.terminals.get(pane);
  }

  /** The terminal with what is attached to it. */
  screen(pane: PaneId): PaneScreen | undefined {
    return this.screens.get(pane);
  }

  seed(pane: PaneInfo, screen: string, done: () => void): void {
    this.screenOf(pane).seed(pane, screen, done);
  }

  write(pane: PaneId, data: string, done: (isDrawn: boolean) => void): void {
    const screen = this.screens.get(pane);
    if (screen === undefined) done(true);
    else screen.write(data, done);
  }

  frame(pane: PaneId, screen: string, done: () => void): void {
    const shown = this.screens.get(pane);
    if (shown === undefined) done();
    else shown.frame(screen, done);
  }

  remove(pane: PaneId): void {
    this.screens.get(pane)?.dispose();
    this.screens.delete(pane);
    this.terminals.delete(pane);
  }

  private screenOf(pane: PaneInfo): PaneScreen {
    const known = this.screens.get(pane.id);
    if (known !== undefined) return known;
    const screen = new PaneScreen(pane, untracked(this.look), {
      followLink: (uri) => this.links.ask(uri),
      copy: (text) => this.clipboard.put({ pane: pane.id, text }),
    });
    this.screens.set(pane.id, screen);
    this.terminals.set(pane.id, screen.terminal);
    return screen;
  }
}
