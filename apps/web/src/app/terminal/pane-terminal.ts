import {
  Component,
  DOCUMENT,
  DestroyRef,
  ElementRef,
  ViewEncapsulation,
  effect,
  inject,
  input,
} from '@angular/core';
import type { PaneId } from '#dto';
import { CopyMode } from '../keys/copy-mode';
import { KeyDispatcher } from '../keys/key-dispatcher';
import { Predictions } from '../prediction/predictions';
import { errorNotice } from '../stream/error-notice';
import { InputQueue } from '../stream/input-queue';
import { SessionStore } from '../stream/session-store';
import { Notices } from '../ui/notices';
import { CellMetrics } from './cell-metrics';
import { copyText } from './copy-text';
import { isReport } from './hardening';
import { keyOwner } from './key-owner';
import type { PaneScreen } from './pane-screen';
import { PasteGuard } from './paste-guard';
import { Terminals } from './terminals';

/** One pane's xterm.js; fills its host, which is `cols`×cell width by `rows`×cell height pixels. */
@Component({
  selector: 'app-pane-terminal',
  template: '',
  styleUrl: './pane-terminal.css',
  encapsulation: ViewEncapsulation.None,
  host: { '(mousedown)': 'select()' },
})
export class PaneTerminal {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly document = inject(DOCUMENT);
  private readonly terminals = inject(Terminals);
  private readonly metrics = inject(CellMetrics);
  private readonly store = inject(SessionStore);
  private readonly queue = inject(InputQueue);
  private readonly dispatcher = inject(KeyDispatcher);
  private readonly copyMode = inject(CopyMode);
  private readonly pastes = inject(PasteGuard);
  private readonly predictions = inject(Predictions);
  private readonly notices = inject(Notices);

  readonly pane = input.required<PaneId>();
  /** Whether it is the pane keys go to. */
  readonly active = input(false);
  /** Whether it is on screen now; a hidden one keeps its content but gives up its renderer. */
  readonly visible = input(true);

  private readonly isMac = /Mac|iPhone|iPad/.test(
    this.document.defaultView?.navigator.userAgent ?? '',
  );

  constructor() {
    // Before xterm's own listener, which would bracket the text a second time.
    this.host.addEventListener('paste', (event) => this.paste(event), { capture: true });
    this.host.addEventListener('drop', (event) => this.drop(event), { capture: true });
    // A program that follows the mouse gets the middle button; the browser must not paste as well.
    this.host.addEventListener('auxclick', (event) => this.keepFromPasting(event), {
      capture: true,
    });
    effect((onCleanup) => {
      const screen = this.metrics.ready() ? this.terminals.screen(this.pane()) : undefined;
      if (screen === undefined) return;
      screen.attach(this.host);
      const detach = this.listen(this.pane(), screen);
      onCleanup(detach);
    });
    effect(() => {
      if (this.metrics.ready()) this.screen()?.setVisible(this.visible());
    });
    effect(() => {
      if (this.metrics.ready() && this.active() && this.visible()) this.takeFocus();
    });
    inject(DestroyRef).onDestroy(() => {
      this.screen()?.setVisible(false);
    });
  }

  /** Makes it the active pane. Keys follow at once: they go to the terminal that has the focus. */
  protected select(): void {
    if (this.active() || !this.store.canType()) return;
    this.store.run('select-pane', { pane: this.pane() }).catch((error: unknown) => {
      this.notices.push(errorNotice(error, 'warning'));
    });
  }

  private screen(): PaneScreen | undefined {
    return this.terminals.screen(this.pane());
  }

  private listen(pane: PaneId, { terminal }: PaneScreen): () => void {
    terminal.attachCustomKeyEventHandler((event) => this.allows(pane, event));
    const disposables = [
      terminal.onData((data) => this.send(pane, data)),
      // Only the old X10 mouse mode sends binary; columns past 95 have no place in UTF-8 input.
      terminal.onBinary((data) => {
        if (!/[\u0080-\u00ff]/.test(data)) this.send(pane, data);
      }),
    ];
    const endPredictions = this.predictions.follow(pane, terminal);
    return () => {
      endPredictions();
      terminal.attachCustomKeyEventHandler(() => true);
      for (const disposable of disposables) disposable.dispose();
    };
  }

  private send(pane: PaneId, data: string): void {
    // What gets here in copy mode was composed by an input method or sent by the mouse.
    if (isReport(data) || this.copyMode.state()?.pane === pane) return;
    // A viewer's mouse is no attempt to type that would deserve a notice.
    const isMouse = data.startsWith('\x1b[<') || data.startsWith('\x1b[M');
    if (isMouse && !this.store.canType()) return;
    this.queue.send(pane, data);
  }

  /** Whether xterm may handle a key event; what it may not is either ours or the browser's. */
  private allows(pane: PaneId, event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true;
    if (!this.dispatcher.press(pane, event)) return this.consume(event);
    if (this.copyMode.press(pane, event)) return this.consume(event);
    const owner = keyOwner(event, this.isMac, this.hasSelection());
    if (owner === 'copy') {
      void this.copy();
      return this.consume(event);
    }
    return owner === 'program';
  }

  private consume(event: KeyboardEvent): false {
    event.preventDefault();
    event.stopPropagation();
    return false;
  }

  private hasSelection(): boolean {
    return this.screen()?.terminal.hasSelection() ?? false;
  }

  private async copy(): Promise<void> {
    const terminal = this.screen()?.terminal;
    if (terminal?.hasSelection() !== true) return;
    if (await copyText(this.document, terminal.getSelection())) terminal.clearSelection();
    else this.notices.push({ level: 'warning', message: 'The browser refused to copy' });
  }

  private paste(event: ClipboardEvent): void {
    event.preventDefault();
    event.stopPropagation();
    this.screen()?.terminal.scrollToBottom();
    this.pastes.paste(this.pane(), event.clipboardData?.getData('text/plain') ?? '');
  }

  /** Text that is dropped is a paste; a file, or a link, must not take the page's place. */
  private drop(event: DragEvent): void {
    event.preventDefault();
    event.stopPropagation();
    this.pastes.paste(this.pane(), event.dataTransfer?.getData('text/plain') ?? '');
  }

  private keepFromPasting(event: MouseEvent): void {
    const mode = this.screen()?.terminal.modes.mouseTrackingMode ?? 'none';
    if (event.button !== 1 || event.shiftKey || mode === 'none') return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Unless the person is busy elsewhere: in a dialog, a menu or another field. */
  private takeFocus(): void {
    if (this.document.querySelector('dialog[open], [aria-modal="true"], [role="menu"]') !== null)
      return;
    const focused = this.document.activeElement;
    const isField = focused?.matches('input, textarea, select, [contenteditable]') ?? false;
    if (isField && focused?.classList.contains('xterm-helper-textarea') !== true) return;
    this.screen()?.terminal.focus();
  }
}
