import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { PaneId } from '#dto';
import { SessionStore } from '../stream/session-store';
import { Terminals } from '../terminal/terminals';
import { CopyMode } from './copy-mode';

interface Selection {
  readonly x: number;
  readonly y: number;
  readonly length: number;
}

/** As much of a terminal as copy mode uses: 100 lines `line 0`… of which the last 10 are the screen. */
class FakeTerminal {
  readonly cols = 20;
  readonly rows = 10;
  readonly lines = Array.from({ length: 100 }, (_, i) => `line ${String(i)}`);
  selection: Selection | null = null;
  viewportY = 90;

  readonly search = {
    findNext: (text: string) => this.find(text, 1),
    findPrevious: (text: string) => this.find(text, -1),
  };

  get buffer() {
    const { lines, viewportY } = this;
    const getLine = (y: number) => ({ translateToString: () => lines[y] ?? '' });
    return { active: { cursorX: 0, cursorY: 9, baseY: 90, length: 100, viewportY, getLine } };
  }

  select(x: number, y: number, length: number): void {
    this.selection = { x, y, length };
  }
  clearSelection(): void {
    this.selection = null;
  }
  getSelectionPosition() {
    return this.selection === null ? undefined : { start: this.selection, end: this.selection };
  }
  getSelection(): string {
    if (this.selection === null) return '';
    const { x, y, length } = this.selection;
    const text = this.lines.map((line) => line.padEnd(this.cols)).join('');
    return text.slice(y * this.cols + x, y * this.cols + x + length);
  }
  scrollToLine(y: number): void {
    this.viewportY = y;
  }
  scrollToBottom(): void {
    this.viewportY = 90;
  }

  private find(text: string, step: number): boolean {
    for (let y = (this.selection?.y ?? 0) + step; y >= 0 && y < 100; y += step) {
      const x = this.lines[y]?.indexOf(text) ?? -1;
      if (x >= 0) this.selection = { x, y, length: text.length };
      if (x >= 0) return true;
    }
    return false;
  }
}

function createCopyMode() {
  const terminal = new FakeTerminal();
  const copied: string[] = [];
  const execCommand = (): boolean => {
    const event = new Event('copy');
    const setData = (_type: string, text: string): number => copied.push(text);
    Object.assign(event, { clipboardData: { setData } });
    document.dispatchEvent(event);
    return true;
  };
  Object.assign(document, { execCommand });
  const known = (pane: PaneId): FakeTerminal | undefined => (pane === '%1' ? terminal : undefined);
  const panes = signal(new Map([['%1', {}]]));
  TestBed.configureTestingModule({
    providers: [
      CopyMode,
      { provide: SessionStore, useValue: { panes } },
      { provide: Terminals, useValue: { get: known, screen: known } },
    ],
  });
  const mode = TestBed.inject(CopyMode);
  const type = (...keys: string[]): void => {
    for (const key of keys) {
      const ctrlKey = key.startsWith('C-');
      mode.press('%1', new KeyboardEvent('keydown', { key: key.replace('C-', ''), ctrlKey }));
    }
  };
  return { mode, terminal, type, copied, panes };
}

describe(CopyMode.name, () => {
  it('starts at the cursor and leaves the program alone until it ends', () => {
    const { mode, terminal } = createCopyMode();
    const event = new KeyboardEvent('keydown', { key: 'j' });
    expect(mode.press('%1', event)).toBe(false);
    mode.enter('%1', { pageUp: false });
    expect(mode.state()).toMatchObject({ pane: '%1', scrolled: 0, history: 90, selecting: false });
    expect(terminal.selection).toEqual({ x: 0, y: 99, length: 1 });
    expect(mode.press('%1', event)).toBe(true);
    expect(mode.press('%2', event)).toBe(false);
  });

  it('ignores panes it does not know', () => {
    const { mode } = createCopyMode();
    mode.enter('%7', { pageUp: false });
    expect(mode.state()).toBeNull();
  });

  it('scrolls by pages with the cursor, and back to the bottom when it ends', () => {
    const { mode, terminal, type } = createCopyMode();
    mode.enter('%1', { pageUp: true });
    expect(terminal.viewportY).toBe(82);
    type('PageUp');
    expect(mode.state()?.scrolled).toBe(16);
    type('PageDown', 'PageDown', 'PageDown');
    expect(mode.state()?.scrolled).toBe(0);
    type('g');
    expect(mode.state()?.scrolled).toBe(90);
    type('q');
    expect(mode.state()).toBeNull();
    expect(terminal.viewportY).toBe(90);
    expect(terminal.selection).toBeNull();
  });

  it('copies from where the selection began to the cursor', async () => {
    const { mode, type, copied } = createCopyMode();
    mode.enter('%1', { pageUp: false });
    type('k', 'v');
    expect(mode.state()?.selecting).toBe(true);
    type('$', 'y');
    await Promise.resolve();
    expect(copied).toEqual(['line 98']);
    expect(mode.state()).toBeNull();
  });

  it('searches up and down, again and the other way', () => {
    const { mode, terminal, type } = createCopyMode();
    mode.enter('%1', { pageUp: false });
    type('?', 'x', 'Backspace', '5');
    expect(mode.state()?.prompt).toEqual({ direction: 'up', text: '5' });
    type('Enter');
    expect(terminal.selection).toEqual({ x: 6, y: 95, length: 1 });
    expect(mode.state()).toMatchObject({ prompt: null, found: true });
    type('n');
    expect(terminal.selection?.y).toBe(85);
    type('N');
    expect(terminal.selection?.y).toBe(95);
    type('/', 'z', 'z', 'Enter');
    expect(mode.state()?.found).toBe(false);
  });

  it('ends with its pane', () => {
    const { mode, panes } = createCopyMode();
    mode.enter('%1', { pageUp: false });
    panes.set(new Map());
    expect(mode.state()).toBeNull();
  });

  it('follows its place when old lines fall off the history', () => {
    const { mode, terminal, type } = createCopyMode();
    mode.enter('%1', { pageUp: false });
    type('k', 'v', 'k');
    terminal.selection = { x: 0, y: 92, length: 21 };
    type('k');
    expect(terminal.selection).toEqual({ x: 0, y: 91, length: 41 });
  });
});
