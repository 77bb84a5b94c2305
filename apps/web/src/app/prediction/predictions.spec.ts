import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Terminal } from '@xterm/xterm';
import { CopyMode } from '../keys/copy-mode';
import { InputQueue } from '../stream/input-queue';
import type { InputWatcher } from '../stream/input-queue';
import { SessionStore } from '../stream/session-store';
import { CellMetrics } from '../terminal/cell-metrics';
import { EchoSetting } from './echo-setting';
import type { EchoChoice } from './echo-setting';
import { Predictions } from './predictions';

function createPredictions(choice: EchoChoice) {
  const canType = signal(true);
  const copying = signal<{ pane: string } | null>(null);
  const mode = signal<string | null>(null);
  let watcher: InputWatcher | null = null;
  TestBed.configureTestingModule({
    providers: [
      Predictions,
      { provide: InputQueue, useValue: { watch: (one: InputWatcher | null) => (watcher = one) } },
      {
        provide: SessionStore,
        useValue: { canType, panes: () => new Map([['%1', { mode: mode() }]]) },
      },
      { provide: CopyMode, useValue: { state: copying } },
      {
        provide: CellMetrics,
        useValue: { layout: () => ({ fontSize: 13, width: 8, height: 16 }), fontFamily: 'x' },
      },
    ],
  });
  TestBed.inject(EchoSetting).choose(choice);
  const predictions = TestBed.inject(Predictions);
  const terminal = new Terminal({ cols: 20, rows: 3, allowProposedApi: true });
  const element = document.createElement('div');
  element.innerHTML = '<div class="xterm-screen"></div>';
  Object.defineProperty(terminal, 'element', { value: element });
  const end = predictions.follow('%1', terminal);
  let typed = 0;
  /** Types a character that comes back after a while, and one more that does not yet. */
  const typeTwo = async (roundTripMs: number | null): Promise<void> => {
    for (const char of ['a', 'b']) {
      typed += 1;
      watcher?.queued('%1', char, typed);
    }
    await new Promise<void>((resolve) => {
      terminal.write('a', resolve);
    });
    watcher?.settled('%1', typed - 1, roundTripMs);
  };
  const shown = (): string => {
    TestBed.tick();
    return element.querySelector('.prediction')?.textContent ?? '';
  };
  return { end, typeTwo, shown, canType, copying, mode, element, watcher: () => watcher };
}

describe(Predictions.name, () => {
  afterEach(() => {
    localStorage.clear();
  });

  it('always shows what it foretells where it is to', async () => {
    const { typeTwo, shown } = createPredictions('always');
    await typeTwo(1);
    expect(shown()).toBe('b ');
  });

  it('never does where it is not to', async () => {
    const { typeTwo, shown } = createPredictions('off');
    await typeTwo(500);
    await typeTwo(500);
    expect(shown()).toBe('');
  });

  it('waits for a long round trip by itself', async () => {
    const { typeTwo, shown } = createPredictions('automatic');
    await typeTwo(5);
    await typeTwo(null);
    expect(shown()).toBe('');
  });

  it('begins by itself after a long round trip', async () => {
    const { typeTwo, shown } = createPredictions('automatic');
    await typeTwo(300);
    expect(shown()).toBe('');
    await typeTwo(300);
    expect(shown()).toBe('b ');
  });

  it.each<[string, (made: Made) => void]>([
    ['the browser’s copy mode', ({ copying }) => copying.set({ pane: '%1' })],
    ['a mode of tmux', ({ mode }) => mode.set('copy-mode')],
    ['a session that may only be watched', ({ canType }) => canType.set(false)],
    ['a setting that was changed', () => TestBed.inject(EchoSetting).choose('off')],
  ])('shows nothing in %s', async (_what, act) => {
    const made = createPredictions('always');
    await made.typeTwo(1);
    act(made);
    expect(made.shown()).toBe('');
  });

  it('ends with its terminal and with the session', () => {
    const { end, element, watcher } = createPredictions('always');
    end();
    expect(element.querySelector('.prediction')).toBeNull();
    TestBed.resetTestingModule();
    expect(watcher()).toBeNull();
  });
});

type Made = ReturnType<typeof createPredictions>;
