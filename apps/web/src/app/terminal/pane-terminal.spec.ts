import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { CopyMode } from '../keys/copy-mode';
import { KeyDispatcher } from '../keys/key-dispatcher';
import { Predictions } from '../prediction/predictions';
import { InputQueue } from '../stream/input-queue';
import { SessionStore } from '../stream/session-store';
import { CellMetrics } from './cell-metrics';
import { PaneTerminal } from './pane-terminal';
import { PasteGuard } from './paste-guard';
import { Terminals } from './terminals';

/** As much of a pane's screen as the component uses. */
class FakeScreen {
  visible: boolean | null = null;
  focused = 0;
  data: (data: string) => void = () => undefined;
  binary: (data: string) => void = () => undefined;
  key: (event: KeyboardEvent) => boolean = () => true;
  selection = '';
  readonly element = document.createElement('div');

  readonly terminal = {
    modes: { mouseTrackingMode: 'none' },
    attachCustomKeyEventHandler: (handler: (event: KeyboardEvent) => boolean) => {
      this.key = handler;
    },
    onData: (listener: (data: string) => void) => {
      this.data = listener;
      return { dispose: () => (this.data = () => undefined) };
    },
    onBinary: (listener: (data: string) => void) => {
      this.binary = listener;
      return { dispose: () => (this.binary = () => undefined) };
    },
    focus: () => (this.focused += 1),
    hasSelection: () => this.selection !== '',
    scrollToBottom: () => undefined,
  };

  attach(host: HTMLElement): void {
    host.append(this.element);
  }
  setVisible(isVisible: boolean): void {
    this.visible = isVisible;
  }
}

async function createTerminal(inputs: { active?: boolean; visible?: boolean } = {}) {
  const screen = new FakeScreen();
  const sent: string[] = [];
  const ran: unknown[] = [];
  const canType = signal(true);
  const copying = signal<{ pane: string } | null>(null);
  const taken = new Set<string>();
  TestBed.configureTestingModule({
    providers: [
      { provide: Terminals, useValue: { screen: () => screen } },
      { provide: CellMetrics, useValue: { ready: signal(true) } },
      {
        provide: SessionStore,
        useValue: {
          canType,
          run: (cmd: string, args: unknown) => (ran.push([cmd, args]), Promise.resolve(null)),
        },
      },
      {
        provide: InputQueue,
        useValue: {
          send: (pane: string, text: string) => sent.push(`${pane} ${text}`),
        },
      },
      {
        provide: PasteGuard,
        useValue: {
          paste: (pane: string, text: string) => sent.push(`${pane} paste ${text}`),
        },
      },
      {
        provide: KeyDispatcher,
        useValue: { press: (_pane: string, event: KeyboardEvent) => !taken.has(event.key) },
      },
      { provide: Predictions, useValue: { follow: () => () => undefined } },
      { provide: CopyMode, useValue: { state: copying, press: () => copying() !== null } },
    ],
  });
  const fixture = TestBed.createComponent(PaneTerminal);
  fixture.componentRef.setInput('pane', '%1');
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  await fixture.whenStable();
  const host = fixture.nativeElement as HTMLElement;
  return { fixture, host, screen, sent, ran, canType, copying, taken };
}

function pasteEvent(text: string): Event {
  const event = new Event('paste', { bubbles: true, cancelable: true });
  return Object.assign(event, { clipboardData: { getData: () => text } });
}

describe(PaneTerminal.name, () => {
  it('puts the terminal into its host and sends what is typed there', async () => {
    const { host, screen, sent } = await createTerminal();
    expect(host.contains(screen.element)).toBe(true);
    screen.data('a');
    screen.binary('\x1b[M !!');
    screen.binary('\x1b[M \u00ff!');
    screen.data('\x1b[I');
    expect(sent).toEqual(['%1 a', '%1 \x1b[M !!']);
  });

  it('keeps a viewer quiet about the mouse', async () => {
    const { screen, sent, canType } = await createTerminal();
    canType.set(false);
    screen.data('\x1b[<0;1;1M');
    expect(sent).toEqual([]);
  });

  it('takes the focus when it becomes active, but not from a dialog', async () => {
    const { fixture, screen } = await createTerminal({ active: true });
    expect(screen.focused).toBe(1);
    fixture.componentRef.setInput('active', false);
    await fixture.whenStable();
    const dialog = document.createElement('div');
    dialog.setAttribute('aria-modal', 'true');
    document.body.append(dialog);
    fixture.componentRef.setInput('active', true);
    await fixture.whenStable();
    dialog.remove();
    expect(screen.focused).toBe(1);
  });

  it('gives up its renderer while hidden and when it ends', async () => {
    const { fixture, screen } = await createTerminal();
    expect(screen.visible).toBe(true);
    fixture.componentRef.setInput('visible', false);
    await fixture.whenStable();
    expect(screen.visible).toBe(false);
    fixture.componentRef.setInput('visible', true);
    await fixture.whenStable();
    fixture.destroy();
    expect(screen.visible).toBe(false);
  });

  it('makes the pane active on a click, unless it is or may not', async () => {
    const { fixture, host, ran, canType } = await createTerminal();
    host.dispatchEvent(new MouseEvent('mousedown'));
    expect(ran).toEqual([['select-pane', { pane: '%1' }]]);
    canType.set(false);
    host.dispatchEvent(new MouseEvent('mousedown'));
    canType.set(true);
    fixture.componentRef.setInput('active', true);
    await fixture.whenStable();
    host.dispatchEvent(new MouseEvent('mousedown'));
    expect(ran).toHaveLength(1);
  });

  it('takes a paste before xterm would', async () => {
    const { screen, sent } = await createTerminal();
    let reached = 0;
    screen.element.addEventListener('paste', () => (reached += 1));
    const event = pasteEvent('one\r\ntwo');
    screen.element.dispatchEvent(event);
    expect(sent).toEqual(['%1 paste one\r\ntwo']);
    expect(event.defaultPrevented).toBe(true);
    expect(reached).toBe(0);
  });

  it('keeps keys of tmux from the program and the browser', async () => {
    const { screen, taken } = await createTerminal();
    taken.add('b');
    const press = (init: KeyboardEventInit): [boolean, boolean] => {
      const event = new KeyboardEvent('keydown', { cancelable: true, ...init });
      return [screen.key(event), event.defaultPrevented];
    };
    expect(press({ key: 'b', ctrlKey: true })).toEqual([false, true]);
    expect(press({ key: 'a' })).toEqual([true, false]);
    expect(press({ key: 'F12' })).toEqual([false, false]);
  });

  it('types nothing while the pane is in copy mode', async () => {
    const { screen, sent, copying } = await createTerminal();
    copying.set({ pane: '%1' });
    const event = new KeyboardEvent('keydown', { key: 'a', cancelable: true });
    expect(screen.key(event)).toBe(false);
    expect(event.defaultPrevented).toBe(true);
    screen.data('ä');
    expect(sent).toEqual([]);
  });

  it('leaves the middle button to a program that follows the mouse', async () => {
    const { screen } = await createTerminal();
    const click = (): boolean => {
      const event = new MouseEvent('auxclick', { button: 1, bubbles: true, cancelable: true });
      screen.element.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(click()).toBe(false);
    screen.terminal.modes.mouseTrackingMode = 'vt200';
    expect(click()).toBe(true);
  });
});
