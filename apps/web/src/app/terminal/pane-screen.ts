import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import type { ITheme } from '@xterm/xterm';
import type { PaneInfo } from '#dto';
import { harden } from './hardening';
import { OutputFeed } from './output-feed';
import { OutputGuard } from './output-guard';
import { WebglRenderer } from './webgl-renderer';
import { TMUX_UNICODE, TmuxUnicode } from './unicode-widths';

/** Most lines of history a browser keeps per pane, whatever tmux keeps. */
const SCROLLBACK_MAX = 50_000;
/** RIS; in the stream rather than `reset()`, so that no empty frame shows before the new screen. */
const RESET = '\x1bc';
/** OSC 104, 110, 111, 112: RIS leaves xterm's colours as a program set them, and text may be unseen. */
const RESET_COLOURS = '\x1b]104\x07\x1b]110\x07\x1b]111\x07\x1b]112\x07';

/** What a pane's terminal asks for on behalf of a program; all of it was written by that program. */
export interface ProgramWishes {
  /** A link was clicked. */
  readonly followLink: (uri: string) => void;
  /** OSC 52. */
  readonly copy: (text: string) => void;
}

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
  private readonly guard = new OutputGuard();
  private readonly feed: OutputFeed;
  private readonly renderer: WebglRenderer;

  constructor(pane: PaneInfo, look: ScreenLook, { followLink, copy }: ProgramWishes) {
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
    this.feed = new OutputFeed(this.terminal);
    harden(this.terminal, copy);
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
    this.guard.reset();
    this.terminal.resize(Math.max(pane.cols, 2), Math.max(pane.rows, 1));
    this.feed.replace(RESET + this.filter(screen), done);
  }

  /** Draws over the screen; the history stays. */
  frame(screen: string, done: () => void): void {
    this.guard.reset();
    this.feed.overdraw(this.filter(screen), done);
  }

  /** @param done told false when the terminal is too far behind to draw it: it needs a new seed. */
  write(data: string, done: (isDrawn: boolean) => void): void {
    this.feed.write(this.filter(data), done);
  }

  /** What RIS does, and colours, for a program that left the terminal in a state nobody can read. */
  reset(): void {
    this.guard.reset();
    // Past what waits: the picture that follows would take its place, too.
    this.terminal.write(RESET + RESET_COLOURS);
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
    this.feed.dispose();
  }

  private filter(data: string): string {
    return this.guard.filter(data, this.terminal);
  }
}
