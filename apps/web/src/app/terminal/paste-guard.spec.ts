import { TestBed } from '@angular/core/testing';
import { InputQueue } from '../stream/input-queue';
import { PasteGuard } from './paste-guard';
import { pasteText } from './paste-text';
import { Terminals } from './terminals';

function createGuard() {
  const pasted: string[] = [];
  const modes = { bracketedPasteMode: false };
  TestBed.configureTestingModule({
    providers: [
      PasteGuard,
      {
        provide: InputQueue,
        useValue: {
          paste: (_pane: string, text: string) => pasted.push(text),
          mayPaste: (text: string) => !text.startsWith('too long'),
        },
      },
      { provide: Terminals, useValue: { get: () => ({ modes }) } },
    ],
  });
  return { guard: TestBed.inject(PasteGuard), pasted, modes };
}

describe(pasteText.name, () => {
  it.each([
    ['a\x1b[201~b\x1b[200~c', 'abc'],
    ['\x1b[201~\nrm -rf ~\n', '\nrm -rf ~\n'],
    ['\x1b[20\x1b[201~1~x', '[201~x'],
    ['a\x03\x04\x1a\x7f\x9bb\0', 'ab'],
    ['tab\tline\r\nline\rline\n', 'tab\tline\nline\nline\n'],
    ['grüße 日本 👍', 'grüße 日本 👍'],
  ])('[G25] makes %j safe to type', (text, safe) => {
    expect(pasteText(text)).toBe(safe);
  });
});

describe(PasteGuard.name, () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it('pastes one line, and lines into a program that brackets, at once', () => {
    const { guard, pasted, modes } = createGuard();
    guard.paste('%1', 'one');
    modes.bracketedPasteMode = true;
    guard.paste('%1', 'one\ntwo');
    expect(pasted).toEqual(['one', 'one\ntwo']);
    expect(guard.asked()).toBeNull();
  });

  it('[G25] asks before lines that would run at once', () => {
    const { guard, pasted } = createGuard();
    guard.paste('%1', 'one\x1b[201~\r\nrm -rf ~\r\n');
    expect(pasted).toEqual([]);
    expect(guard.asked()).toEqual({ pane: '%1', text: 'one\nrm -rf ~\n', lines: 2 });
    guard.decide(false);
    expect([guard.asked(), pasted]).toEqual([null, []]);
    guard.paste('%1', 'one\n');
    guard.decide(true);
    expect(pasted).toEqual(['one\n']);
  });

  it('does not ask about what would be refused anyhow', () => {
    const { guard } = createGuard();
    guard.paste('%1', 'too long\n');
    expect(guard.asked()).toBeNull();
  });

  it('remembers that this browser does not want to be asked', () => {
    const { guard, pasted } = createGuard();
    guard.setAsks(false);
    guard.paste('%1', 'one\ntwo');
    expect(pasted).toEqual(['one\ntwo']);
    TestBed.resetTestingModule();
    expect(createGuard().guard.asks()).toBe(false);
  });
});
