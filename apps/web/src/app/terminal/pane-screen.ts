import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import type { ITheme } from '@xterm/xterm';
import type { PaneInfo } from '#dto';
import { CsiClamp } from './csi-clamp';
import { harden } from './hardening';
import { WebglRenderer } from './webgl-renderer';
import { TMUX_UNICODE, TmuxUnicode } from './unicode-widths';

/** Most lines of history a browser keeps per pane, whatever tmux keeps. */
const SCROLLBACK_MAX = 50_000;
/** RIS; in the stream rather than `reset()`, so that no empty frame shows before the new screen. */
const RESET = '\x1bc';

export interface ScreenLook {
  readonly theme: ITheme;
  readonly fontFamily: string;
  readonly fontSize: number;
}

/**
 * One pane's terminal: fed from the stream from its first seed on, whether it is on screen or not.
 * Owns the xterm and everything attached to it.
 */
export class PaneScreen {
  readonly terminal: Terminal;
  readonly search = new SearchAddon();
  private readonly clamp = new CsiClamp();
  private readonly renderer: WebglRenderer;
  private readonly unparsed = new Set<() => void>();

  /** @param followLink called with the target of a link that was clicked; anything a program wrote */
  constructor(pane: PaneInfo, look: ScreenLook, followLink: (uri: string) => void) {
    this.terminal = new Terminal({
      cols: pane.cols,
      rows: pane.rows,
      scrollback: Math.min(pane.historyLimit, SCROLLBACK_MAX),
      allowProposedApi: true, // for `unicode`
      convertEol: false,
      scrollOnEraseInDisplay: true, // as tmux: `scroll-on-clear` is on by default
      windowOptions: {},
      logLevel: 'off',
      macOptionIsMeta: false,
      rightClickSelectsWord: false,
      ...look,
      linkHandler: {
        allowNonHttpProtocols: true, // mailto; `Links` refuses the rest
        activate: (_event, uri) => {
          followLink(uri);
        },
      },
    });
    harden(this.terminal.parser);
    this.terminal.unicode.register(new TmuxUnicode());
    this.terminal.unicode.activeVersion = TMUX_UNICODE;
    this.terminal.loadAddon(this.search);
    this.terminal.loadAddon(
      new WebLinksAddon((_event, uri) => {
        followLink(uri);
      }),
    );
    this.renderer = new WebglRenderer(this.terminal);
  }

  /** Replaces everything by `screen`; `done` once it is parsed. */
  seed(pane: PaneInfo, screen: string, done: () => void): void {
    this.clamp.reset();
    this.terminal.resize(Math.max(pane.cols, 2), Math.max(pane.rows, 1));
    this.parse(RESET + this.filter(screen), done);
  }

  write(data: string, done: () => void): void {
    this.parse(this.filter(data), done);
  }

  /** Puts the terminal into `host`, moving it when it was elsewhere. */
  attach(host: HTMLElement): void {
    if (this.terminal.element === undefined) this.terminal.open(host);
    else host.append(this.terminal.element);
  }

  /** Whether the pane is on screen: only then it holds one of the scarce WebGL contexts. */
  setVisible(isVisible: boolean): void {
    this.renderer.setEnabled(isVisible);
  }

  setLook(look: ScreenLook): void {
    Object.assign(this.terminal.options, look);
  }

  dispose(): void {
    this.renderer.dispose();
    this.terminal.dispose();
    // xterm drops what it did not parse, callbacks included; the stream must not wait for them.
    for (const done of this.unparsed) done();
    this.unparsed.clear();
  }

  private filter(data: string): string {
    return this.clamp.filter(data, Math.max(this.terminal.cols, this.terminal.rows));
  }

  private parse(data: string, done: () => void): void {
    this.unparsed.add(done);
    this.terminal.write(data, () => {
      if (this.unparsed.delete(done)) done();
    });
  }
}
