import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { aWindow, FakeSession } from '../fake-session';
import { KeyBar } from './key-bar';

interface Bar {
  readonly fixture: ComponentFixture<KeyBar>;
  readonly pressed: KeyboardEvent[];
  readonly input: HTMLTextAreaElement;
}

let pane: HTMLElement | undefined;

async function createBar(): Promise<Bar> {
  const session = new FakeSession();
  session.windows.set([aWindow('@1', 0, { active: true })]);
  session.keyBindings.set({ prefixes: ['C-b'], repeatTimeMs: 500, tables: {} });
  pane = document.createElement('div');
  pane.dataset['pane'] = '%1';
  const input = document.createElement('textarea');
  input.className = 'xterm-helper-textarea';
  pane.append(input);
  document.body.append(pane);
  const pressed: KeyboardEvent[] = [];
  input.addEventListener('keydown', (event) => pressed.push(event));
  TestBed.configureTestingModule({ providers: [...session.providers()] });
  const fixture = TestBed.createComponent(KeyBar);
  await fixture.whenStable();
  return { fixture, pressed, input };
}

async function tap(bar: Bar, name: string): Promise<HTMLElement> {
  const host = bar.fixture.nativeElement as HTMLElement;
  const button = [...host.querySelectorAll('button')].find(
    (each) => each.textContent.trim() === name || each.getAttribute('aria-label') === name,
  );
  if (button === undefined) throw new Error(`no key ${name}`);
  button.click();
  await bar.fixture.whenStable();
  return button;
}

describe(KeyBar.name, () => {
  afterEach(() => {
    pane?.remove();
  });

  it('presses keys in the active pane', async () => {
    const bar = await createBar();

    await tap(bar, 'Esc');
    await tap(bar, 'Up');

    expect(bar.pressed.map((event) => event.key)).toEqual(['Escape', 'ArrowUp']);
  });

  it('presses the prefix that tmux has', async () => {
    const bar = await createBar();

    await tap(bar, 'Prefix C-b');

    expect(bar.pressed[0]).toMatchObject({ key: 'b', ctrlKey: true });
  });

  it('keeps Ctrl down for the one next key', async () => {
    const bar = await createBar();

    const ctrl = await tap(bar, 'Ctrl');
    expect(ctrl.getAttribute('aria-pressed')).toBe('true');
    await tap(bar, 'Right');
    await tap(bar, 'Right');

    expect(bar.pressed.map((event) => event.ctrlKey)).toEqual([true, false]);
    expect(ctrl.getAttribute('aria-pressed')).toBe('false');
  });

  it('adds Ctrl to what the touch keyboard types', async () => {
    const bar = await createBar();
    const typed = new InputEvent('beforeinput', { data: 'c', bubbles: true, cancelable: true });

    await tap(bar, 'Ctrl');
    bar.input.dispatchEvent(typed);

    expect(typed.defaultPrevented).toBe(true);
    expect(bar.pressed[0]).toMatchObject({ key: 'c', ctrlKey: true });
  });

  it('lets plain typing through', async () => {
    const bar = await createBar();
    const typed = new InputEvent('beforeinput', { data: 'c', bubbles: true, cancelable: true });

    bar.input.dispatchEvent(typed);

    expect(typed.defaultPrevented).toBe(false);
    expect(bar.pressed).toEqual([]);
  });
});
