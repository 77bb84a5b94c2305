import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { KeyBindingsEvent, RunResult } from '#dto';
import { FakeEnvironment, settle } from '../stream/fake-environment';
import { InputQueue } from '../stream/input-queue';
import { SessionStore } from '../stream/session-store';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { Notices } from '../ui/notices';
import { UiRequests } from '../workbench/ui-requests';
import { CopyMode } from './copy-mode';
import { KeyDispatcher } from './key-dispatcher';
import { TypeAhead } from './type-ahead';

const BINDINGS: KeyBindingsEvent = {
  prefixes: ['C-b'],
  repeatTimeMs: 500,
  tables: {
    prefix: [
      { key: 'c', repeat: false, command: 'new-window' },
      { key: 'Up', repeat: true, command: 'select-pane -U' },
      { key: '[', repeat: false, command: 'copy-mode' },
    ],
    root: [],
    mine: [{ key: 'x', repeat: false, command: 'kill-pane' }],
  },
};

function createDispatcher() {
  const environment = new FakeEnvironment();
  const ran: unknown[] = [];
  const shown: unknown[] = [];
  const entered: unknown[] = [];
  const messages: string[] = [];
  const readOnlyReason = signal<string | null>(null);
  let typing = Promise.resolve();
  let answer: () => Promise<RunResult> = () => Promise.resolve({ output: [], ui: [] });
  TestBed.configureTestingModule({
    providers: [
      KeyDispatcher,
      TypeAhead,
      { provide: InputQueue, useValue: { settled: () => typing } },
      { provide: STREAM_ENVIRONMENT, useValue: environment },
      {
        provide: SessionStore,
        useValue: {
          keyBindings: signal(BINDINGS),
          readOnlyReason,
          run: (cmd: string, args: unknown) => (ran.push([cmd, args]), answer()),
        },
      },
      {
        provide: Notices,
        useValue: { push: (n: { message: string }) => messages.push(n.message) },
      },
      {
        provide: UiRequests,
        useValue: { show: (list: unknown, pane: unknown) => shown.push([list, pane]) },
      },
      { provide: CopyMode, useValue: { enter: (...args: unknown[]) => entered.push(args) } },
    ],
  });
  const dispatcher = TestBed.inject(KeyDispatcher);
  const press = (key: string, init: KeyboardEventInit = {}): boolean =>
    dispatcher.press('%1', new KeyboardEvent('keydown', { key, ...init }));
  const prefix = (): boolean => press('b', { ctrlKey: true });
  const answerWith = (result: () => Promise<RunResult>): void => {
    answer = result;
  };
  const typeUntil = (end: Promise<void>): void => {
    typing = end;
  };
  return {
    ...{ dispatcher, environment, press, prefix, answerWith, typeUntil },
    ...{ ran, shown, entered, messages, readOnlyReason },
  };
}

describe(KeyDispatcher.name, () => {
  it('passes keys of programs', () => {
    const { press, ran } = createDispatcher();
    expect(press('a')).toBe(true);
    expect(ran).toEqual([]);
  });

  it('arms on the prefix and runs the binding of the next key in the pane it was pressed in', async () => {
    const { dispatcher, press, prefix, ran } = createDispatcher();
    expect(prefix()).toBe(false);
    expect(dispatcher.armed()).toEqual({ table: 'prefix' });
    expect(press('c')).toBe(false);
    await settle();
    expect(ran).toEqual([['run-binding', { table: 'prefix', key: 'c', pane: '%1' }]]);
    expect(dispatcher.armed()).toBeNull();
  });

  it('stays armed over modifiers and ignores a held prefix key', () => {
    const { dispatcher, press, prefix } = createDispatcher();
    prefix();
    expect(press('Shift', { shiftKey: true })).toBe(true);
    expect(press('b', { ctrlKey: true, repeat: true })).toBe(false);
    expect(dispatcher.armed()).toEqual({ table: 'prefix' });
  });

  it('is no longer armed once the time to repeat is over', () => {
    const { dispatcher, environment, press, prefix } = createDispatcher();
    prefix();
    press('ArrowUp');
    expect(dispatcher.armed()).toEqual({ table: 'prefix' });
    environment.advance(499);
    press('ArrowUp');
    environment.advance(499);
    expect(dispatcher.armed()).toEqual({ table: 'prefix' });
    environment.advance(1);
    expect(dispatcher.armed()).toBeNull();
    expect(environment.timers).toEqual([]);
  });

  it('shows what bindings print and ask for, except its own kinds', async () => {
    const { dispatcher, press, prefix, answerWith, shown, entered } = createDispatcher();
    answerWith(() =>
      Promise.resolve({
        output: ['line'],
        ui: [
          { kind: 'copy-mode', pane: '%2', pageUp: true },
          { kind: 'message', text: 'hi' },
          { kind: 'key-table', table: 'mine' },
        ],
      }),
    );
    prefix();
    press('c');
    await settle();
    expect(entered).toEqual([['%2', { pageUp: true }]]);
    expect(shown).toEqual([
      [[{ kind: 'text', title: 'c', lines: ['line'] }], '%1'],
      [[{ kind: 'message', text: 'hi' }], '%1'],
    ]);
    expect(dispatcher.armed()).toEqual({ table: 'mine' });
    expect(press('x')).toBe(false);
  });

  it('says why a binding failed', async () => {
    const { press, prefix, answerWith, messages } = createDispatcher();
    answerWith(() => Promise.reject(new Error('not allowed')));
    prefix();
    press('c');
    await settle();
    expect(messages).toEqual(['c: not allowed']);
  });

  it('runs a binding after what was typed before it, and bindings one after another', async () => {
    const { press, prefix, answerWith, typeUntil, ran } = createDispatcher();
    let endTyping = (): void => undefined;
    typeUntil(new Promise((resolve) => (endTyping = resolve)));
    let endFirst = (): void => undefined;
    answerWith(() => new Promise((resolve) => (endFirst = () => resolve({ output: [], ui: [] }))));
    prefix();
    press('ArrowUp');
    press('ArrowUp');
    await settle();
    expect(ran).toEqual([]);
    endTyping();
    await settle();
    expect(ran).toHaveLength(1);
    endFirst();
    await settle();
    expect(ran).toHaveLength(2);
  });

  it('keeps keys from the program while a binding runs', async () => {
    const { press, prefix, answerWith } = createDispatcher();
    let end = (): void => undefined;
    answerWith(() => new Promise((resolve) => (end = () => resolve({ output: [], ui: [] }))));
    prefix();
    press('c');
    await settle();
    expect(press('y')).toBe(false);
    end();
    await settle();
    expect(press('y')).toBe(true);
  });

  it('[F5] only looks, and asks tmux for nothing, when nothing may be changed', async () => {
    const { press, prefix, ran, entered, messages, readOnlyReason } = createDispatcher();
    readOnlyReason.set('you only look');
    prefix();
    press('c');
    await settle();
    expect(messages).toEqual(['you only look']);
    prefix();
    press('[');
    await settle();
    expect(entered).toEqual([['%1', { pageUp: false }]]);
    expect(ran).toEqual([]);
  });
});
