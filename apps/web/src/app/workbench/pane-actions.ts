import { computed, DOCUMENT, inject, Service } from '@angular/core';
import type { LayoutName, PaneId, SplitDirection } from '#dto';
import { SessionStore } from '../stream/session-store';
import { copyText } from '../terminal/copy-text';
import { PasteGuard } from '../terminal/paste-guard';
import { Terminals } from '../terminal/terminals';
import { Notices } from '../ui/notices';
import { SessionCommands } from './session-commands';
import { UiRequests } from './ui-requests';

/** What the controls around a pane do. */
@Service({ autoProvided: false })
export class PaneActions {
  private readonly store = inject(SessionStore);
  private readonly commands = inject(SessionCommands);
  private readonly requests = inject(UiRequests);
  private readonly terminals = inject(Terminals);
  private readonly notices = inject(Notices);
  private readonly document = inject(DOCUMENT);
  private readonly pastes = inject(PasteGuard);

  /** Whether this browser may change the layout now. */
  readonly canArrange = this.store.canType;
  readonly isZoomed = computed(() => this.store.currentWindow()?.zoomed ?? false);

  /** Whether the pane's program asked for mouse events. */
  tracksMouse(pane: PaneId): boolean {
    const mode = this.terminals.get(pane)?.modes.mouseTrackingMode;
    return mode !== undefined && mode !== 'none';
  }

  hasSelection(pane: PaneId): boolean {
    return this.terminals.get(pane)?.hasSelection() ?? false;
  }

  select(pane: PaneId): Promise<boolean> {
    return this.commands.run('select-pane', { pane });
  }

  split(pane: PaneId, direction: SplitDirection): Promise<boolean> {
    return this.commands.run('split-pane', { pane, direction });
  }

  zoom(pane: PaneId): Promise<boolean> {
    return this.commands.run('zoom-pane', { pane });
  }

  swap(source: PaneId, target: PaneId): Promise<boolean> {
    return this.commands.run('swap-pane', { source, target });
  }

  breakOut(pane: PaneId): Promise<boolean> {
    return this.commands.run('break-pane', { pane });
  }

  layout(pane: PaneId, layout: LayoutName): void {
    const window = this.store.panes().get(pane)?.window;
    if (window !== undefined) void this.commands.run('select-layout', { window, layout });
  }

  /**
   * For a terminal that a program left in a state nobody can read: a fresh picture from tmux, which
   * itself is told to forget character sets and modes by who may.
   */
  async reset(pane: PaneId): Promise<void> {
    if (this.canArrange()) {
      await this.commands.run('tmux', { command: `send-keys -R -t ${pane}`, pane });
    }
    this.terminals.screen(pane)?.reset();
    await this.commands.run('resync', {});
  }

  clearHistory(pane: PaneId): Promise<boolean> {
    return this.commands.run('clear-history', { pane });
  }

  /** Asks first, as tmux's own `x` does. */
  close(pane: PaneId): void {
    const index = this.store.panes().get(pane)?.index ?? 0;
    const message = `kill-pane ${String(index)}? (y/n)`;
    this.requests.show([{ kind: 'confirm', message, command: `kill-pane -t ${pane}` }], pane);
  }

  /** Other panes of the same window, for swapping. */
  neighbours(pane: PaneId): readonly { readonly id: PaneId; readonly label: string }[] {
    const panes = this.store.panes();
    const window = panes.get(pane)?.window;
    return [...panes.values()]
      .filter((other) => other.window === window && other.id !== pane)
      .sort((a, b) => a.index - b.index)
      .map(({ id, index, command }) => ({ id, label: `${String(index)} ${command}` }));
  }

  async copy(pane: PaneId): Promise<void> {
    const text = this.terminals.get(pane)?.getSelection() ?? '';
    if (text !== '' && !(await copyText(this.document, text))) this.refuseClipboard();
  }

  async paste(pane: PaneId): Promise<void> {
    try {
      // Absent on a page that did not come over https or from this machine.
      const text = await this.document.defaultView?.navigator.clipboard.readText();
      if (text !== undefined && text !== '') this.pastes.paste(pane, text);
    } catch {
      this.refuseClipboard();
    }
  }

  /** Without https or the person's consent a page may not reach the clipboard by itself. */
  private refuseClipboard(): void {
    this.notices.push({
      level: 'warning',
      message: 'The browser keeps its clipboard closed here. Use its own copy and paste keys.',
    });
  }
}
