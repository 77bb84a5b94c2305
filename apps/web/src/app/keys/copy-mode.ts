import { DOCUMENT, Injectable, computed, inject, signal } from '@angular/core';
import type { Terminal } from '@xterm/xterm';
import type { PaneId } from '#dto';
import { SessionStore } from '../stream/session-store';
import { copyText } from '../terminal/copy-text';
import { Terminals } from '../terminal/terminals';
import { Notices } from '../ui/notices';
import { copyAction, moveBy, scrollOf, spanOf } from './copy-keys';
import type { BufferPoint, CopyAction } from './copy-keys';
import { isModifier, keyNames } from './key-name';

export interface CopyModeState {
  readonly pane: PaneId;
  /** Lines the view is above the bottom, and how many there are at most. */
  readonly scrolled: number;
  readonly history: number;
  readonly selecting: boolean;
  /** The search being typed; null while none is. */
  readonly prompt: { readonly direction: 'up' | 'down'; readonly text: string } | null;
  /** Whether the last search found anything; null before one. */
  readonly found: boolean | null;
}

interface Search {
  readonly text: string;
  readonly direction: 'up' | 'down';
}

/**
 * The browser's own copy mode: history, selection and search by keys, without tmux's, which other
 * clients would see. The cursor is shown as a selection of one cell.
 */
@Injectable()
export class CopyMode {
  private readonly document = inject(DOCUMENT);
  private readonly store = inject(SessionStore);
  private readonly terminals = inject(Terminals);
  private readonly notices = inject(Notices);

  private readonly current = signal<CopyModeState | null>(null);
  private cursor: BufferPoint = { x: 0, y: 0 };
  private anchor: BufferPoint | null = null;
  private search: Search | null = null;

  /** Null outside copy mode, which also ends with its pane. */
  readonly state = computed(() => {
    const state = this.current();
    return state !== null && this.store.panes().has(state.pane) ? state : null;
  });

  enter(pane: PaneId, options: { readonly pageUp: boolean }): void {
    const terminal = this.terminals.get(pane);
    if (terminal === undefined) return;
    if (this.state()?.pane !== pane) this.begin(pane, terminal);
    if (options.pageUp) this.act({ kind: 'move', by: 'page-up' }, terminal);
  }

  leave(): void {
    const state = this.current();
    if (state === null) return;
    this.current.set(null);
    this.anchor = null;
    const terminal = this.terminals.get(state.pane);
    terminal?.clearSelection();
    terminal?.scrollToBottom();
  }

  /** Handles a key while `pane` is in copy mode; false when the browser should have it. */
  press(pane: PaneId, event: KeyboardEvent): boolean {
    const state = this.state();
    const terminal = this.terminals.get(pane);
    if (state?.pane !== pane || terminal === undefined) return false;
    if (isModifier(event)) return true;
    const names = keyNames(event);
    if (names.length === 0) return false;
    if (state.prompt !== null) this.type(state.prompt, event.key, names, terminal);
    else {
      const action = copyAction(names);
      if (action !== null) this.act(action, terminal);
    }
    return true;
  }

  private begin(pane: PaneId, terminal: Terminal): void {
    this.leave();
    const { cursorX, cursorY, baseY } = terminal.buffer.active;
    this.cursor = { x: Math.min(cursorX, terminal.cols - 1), y: baseY + cursorY };
    this.anchor = null;
    this.search = null;
    this.current.set({
      pane,
      scrolled: 0,
      history: baseY,
      selecting: false,
      prompt: null,
      found: null,
    });
    this.show(terminal);
  }

  private act(action: CopyAction, terminal: Terminal): void {
    this.followTrim(terminal);
    switch (action.kind) {
      case 'move': {
        const { cols, rows, buffer } = terminal;
        const size = { cols, rows, lines: buffer.active.length };
        const lineEnd = (y: number): number => lastColumn(terminal, y);
        this.cursor = moveBy(this.cursor, action.by, size, lineEnd);
        scrollBy(terminal, scrollOf(action.by, rows));
        break;
      }
      case 'select':
        this.anchor = this.anchor === null ? this.cursor : null;
        break;
      case 'copy':
        void this.copy(terminal);
        return;
      case 'leave':
        this.leave();
        return;
      case 'prompt':
        this.update({ prompt: { direction: action.direction, text: '' } });
        return;
      case 'next':
      case 'previous':
        this.find(action.kind === 'previous', terminal);
        return;
    }
    this.show(terminal);
  }

  private type(prompt: Search, key: string, names: readonly string[], terminal: Terminal): void {
    if (names.includes('Enter')) {
      this.update({ prompt: null });
      if (prompt.text !== '') this.search = prompt;
      this.find(false, terminal);
    } else if (names.includes('Escape') || names.includes('C-c')) this.update({ prompt: null });
    else if (names.includes('BSpace')) {
      this.update({ prompt: { ...prompt, text: prompt.text.replace(/.$/u, '') } });
    } else if (/^.$/u.test(key) && !names.some((name) => /^[CM]-/.test(name))) {
      this.update({ prompt: { ...prompt, text: prompt.text + key } });
    }
  }

  /** Moves to the next match; backwards when exactly one of the search and `reversed` says so. */
  private find(reversed: boolean, terminal: Terminal): void {
    const state = this.current();
    if (state === null || this.search === null) return;
    const { text, direction } = this.search;
    const addon = this.terminals.screen(state.pane)?.search;
    // The addon searches from the selection on: let that be the cursor alone.
    terminal.select(this.cursor.x, this.cursor.y, 1);
    const isUpwards = (direction === 'up') !== reversed;
    const options = { caseSensitive: /[A-Z]/.test(text) };
    const found =
      (isUpwards ? addon?.findPrevious(text, options) : addon?.findNext(text, options)) ?? false;
    const match = terminal.getSelectionPosition();
    if (found && match !== undefined) this.cursor = { x: match.start.x, y: match.start.y };
    this.update({ found });
    this.show(terminal);
    // The whole match, until the next key.
    if (found && this.anchor === null) terminal.select(this.cursor.x, this.cursor.y, text.length);
  }

  private async copy(terminal: Terminal): Promise<void> {
    this.show(terminal);
    const text = this.anchor === null ? '' : terminal.getSelection();
    this.leave();
    if (text === '' || (await copyText(this.document, text))) return;
    this.notices.push({ level: 'warning', message: 'The browser refused to copy' });
  }

  /** Lines that fell off the history since the last key moved everything up; xterm moves selections. */
  private followTrim(terminal: Terminal): void {
    const shown = terminal.getSelectionPosition();
    if (shown === undefined) return;
    const top = Math.min(this.cursor.y, this.anchor?.y ?? this.cursor.y);
    const trimmed = top - shown.start.y;
    if (trimmed <= 0) return;
    const up = ({ x, y }: BufferPoint): BufferPoint => ({ x, y: Math.max(0, y - trimmed) });
    this.cursor = up(this.cursor);
    this.anchor = this.anchor === null ? null : up(this.anchor);
  }

  private show(terminal: Terminal): void {
    const { y } = this.cursor;
    const { viewportY } = terminal.buffer.active;
    if (y < viewportY) terminal.scrollToLine(y);
    else if (y >= viewportY + terminal.rows) terminal.scrollToLine(y - terminal.rows + 1);
    const span = spanOf(this.anchor ?? this.cursor, this.cursor, terminal.cols);
    terminal.select(span.x, span.y, span.length);
    const { baseY, viewportY: top } = terminal.buffer.active;
    this.update({ scrolled: baseY - top, history: baseY, selecting: this.anchor !== null });
  }

  private update(change: Partial<CopyModeState>): void {
    this.current.update((state) => (state === null ? null : { ...state, ...change }));
  }
}

function scrollBy(terminal: Terminal, lines: number): void {
  if (lines === 0) return;
  const { baseY, viewportY } = terminal.buffer.active;
  terminal.scrollToLine(Math.min(baseY, Math.max(0, viewportY + lines)));
}

function lastColumn(terminal: Terminal, y: number): number {
  const text = terminal.buffer.active.getLine(y)?.translateToString(true) ?? '';
  return Math.max(0, text.length - 1);
}
