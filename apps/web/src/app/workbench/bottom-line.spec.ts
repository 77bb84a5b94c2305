import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import type { UiRequest } from '#dto';
import { BottomLine } from './bottom-line';
import { aWindow, FakeSession } from './fake-session';
import { UiRequests } from './ui-requests';

async function createLine(session: FakeSession): Promise<ComponentFixture<BottomLine>> {
  session.windows.set([aWindow('@1', 0, { active: true })]);
  session.answer = { output: [], ui: [] };
  TestBed.configureTestingModule({ providers: [...session.providers()] });
  const fixture = TestBed.createComponent(BottomLine);
  await fixture.whenStable();
  return fixture;
}

async function ask(fixture: ComponentFixture<BottomLine>, request: UiRequest): Promise<void> {
  TestBed.inject(UiRequests).show([request], '%1');
  await fixture.whenStable();
}

function find(fixture: ComponentFixture<BottomLine>, testId: string): HTMLElement | null {
  const host = fixture.nativeElement as HTMLElement;
  return host.querySelector(`[data-testid=${testId}]`);
}

function promptInput(fixture: ComponentFixture<BottomLine>): HTMLInputElement {
  const input = find(fixture, 'prompt-input');
  if (!(input instanceof HTMLInputElement)) throw new Error('no prompt');
  return input;
}

async function press(
  fixture: ComponentFixture<BottomLine>,
  target: HTMLElement | null,
  key: string,
): Promise<void> {
  target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await fixture.whenStable();
}

async function type(fixture: ComponentFixture<BottomLine>, text: string): Promise<void> {
  promptInput(fixture).value = text;
  await press(fixture, promptInput(fixture), 'Enter');
}

describe(BottomLine.name, () => {
  it('asks each field and sends the template with the answers', async () => {
    const session = new FakeSession();
    const fixture = await createLine(session);

    await ask(fixture, {
      kind: 'prompt',
      prompts: [
        { label: 'from', initial: 'a' },
        { label: 'to', initial: '' },
      ],
      template: 'move-window -s %1 -t %2',
    });
    expect(promptInput(fixture).value).toBe('a');
    await type(fixture, '1');
    expect(find(fixture, 'prompt')?.textContent).toContain('to');
    await type(fixture, '2');

    expect(session.sent).toEqual([
      {
        cmd: 'tmux',
        args: { command: 'move-window -s %1 -t %2', pane: '%1', answers: ['1', '2'] },
      },
    ]);
    expect(find(fixture, 'prompt')).toBeNull();
    expect(find(fixture, 'status-bar')).not.toBeNull();
  });

  it('runs what is typed at the command prompt, and recalls it with Up', async () => {
    const session = new FakeSession();
    const fixture = await createLine(session);
    const prompt: UiRequest = {
      kind: 'prompt',
      prompts: [{ label: ':', initial: '' }],
      template: '',
    };

    await ask(fixture, prompt);
    await type(fixture, 'list-windows');
    await ask(fixture, prompt);
    await press(fixture, promptInput(fixture), 'ArrowUp');

    expect(session.sent).toEqual([{ cmd: 'tmux', args: { command: 'list-windows', pane: '%1' } }]);
    expect(promptInput(fixture).value).toBe('list-windows');
  });

  it('has the keyboard before the next key, field after field', async () => {
    const fixture = await createLine(new FakeSession());
    document.body.append(fixture.nativeElement as HTMLElement);
    const prompts = [
      { label: 'from', initial: 'a' },
      { label: 'to', initial: 'b' },
    ];
    TestBed.inject(UiRequests).show([{ kind: 'prompt', prompts, template: '' }], '%1');
    await Promise.resolve();
    expect(document.activeElement).toBe(promptInput(fixture));
    promptInput(fixture).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await Promise.resolve();
    expect(promptInput(fixture).value).toBe('b');
    expect(document.activeElement).toBe(promptInput(fixture));
    promptInput(fixture).dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(find(fixture, 'prompt')).toBeNull();
  });

  it('leaves a prompt on Escape without running anything', async () => {
    const session = new FakeSession();
    const fixture = await createLine(session);

    await ask(fixture, { kind: 'prompt', prompts: [{ label: ':', initial: 'x' }], template: '' });
    await press(fixture, promptInput(fixture), 'Escape');

    expect(session.sent).toEqual([]);
    expect(find(fixture, 'prompt')).toBeNull();
  });

  it.each([
    ['y', 1],
    ['n', 0],
    ['Escape', 0],
    ['x', 0],
  ])('answers a question with %s', async (key, sent) => {
    const session = new FakeSession();
    const fixture = await createLine(session);

    await ask(fixture, { kind: 'confirm', message: 'kill-pane 0? (y/n)', command: 'kill-pane' });
    expect(find(fixture, 'confirm')?.textContent).toContain('kill-pane 0? (y/n)');
    await press(fixture, find(fixture, 'confirm'), key);

    expect(session.sent).toHaveLength(sent);
    expect(find(fixture, 'confirm')).toBeNull();
  });

  it('shows what a command printed', async () => {
    const session = new FakeSession();
    const fixture = await createLine(session);
    session.answer = { output: ['0: bash'], ui: [] };

    await ask(fixture, { kind: 'prompt', prompts: [{ label: ':', initial: '' }], template: '' });
    await type(fixture, 'list-windows');

    expect(TestBed.inject(UiRequests).current()?.request).toEqual({
      kind: 'text',
      title: 'list-windows',
      lines: ['0: bash'],
    });
  });
});
