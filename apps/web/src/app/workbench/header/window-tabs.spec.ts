import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { aWindow, FakeSession } from '../fake-session';
import { UiRequests } from '../ui-requests';
import { WindowTabs } from './window-tabs';

async function createTabs(session: FakeSession): Promise<ComponentFixture<WindowTabs>> {
  // jsdom lays nothing out, so it has no scrolling either.
  Element.prototype.scrollIntoView = () => undefined;
  session.windows.set([
    aWindow('@1', 0, { name: 'edit', active: true }),
    aWindow('@2', 1, { name: 'logs', bell: true }),
  ]);
  TestBed.configureTestingModule({ providers: [...session.providers()] });
  const fixture = TestBed.createComponent(WindowTabs);
  await fixture.whenStable();
  return fixture;
}

function tab(fixture: ComponentFixture<WindowTabs>, window: string): HTMLElement {
  const host = fixture.nativeElement as HTMLElement;
  const found = host.querySelector<HTMLElement>(
    `[data-testid=window-tab][data-window="${window}"]`,
  );
  if (found === null) throw new Error(`no tab ${window}`);
  return found;
}

describe(WindowTabs.name, () => {
  it('shows every window with its index, its name and which one is current', async () => {
    const fixture = await createTabs(new FakeSession());

    expect(tab(fixture, '@1').textContent).toMatch(/0\s*edit/);
    expect(tab(fixture, '@1').getAttribute('aria-selected')).toBe('true');
    expect(tab(fixture, '@2').getAttribute('aria-selected')).toBe('false');
    expect(tab(fixture, '@2').textContent).toContain('bell');
  });

  it('selects a window by click and by keyboard', async () => {
    const session = new FakeSession();
    const fixture = await createTabs(session);

    tab(fixture, '@2').click();
    tab(fixture, '@1').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));

    expect(session.sent).toEqual([
      { cmd: 'select-window', args: { window: '@2' } },
      { cmd: 'select-window', args: { window: '@1' } },
    ]);
  });

  it('renames by double click and Enter', async () => {
    const session = new FakeSession();
    const fixture = await createTabs(session);

    document.body.append(fixture.nativeElement as HTMLElement);
    tab(fixture, '@2').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    // Not in the next frame: the next key may come before.
    await Promise.resolve();
    const input = tab(fixture, '@2').querySelector('input');
    expect(document.activeElement).toBe(input);
    expect(input?.value).toBe('logs');
    if (input !== null) input.value = 'tail';
    input?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await fixture.whenStable();

    expect(session.sent).toEqual([{ cmd: 'rename-window', args: { window: '@2', name: 'tail' } }]);
    expect(tab(fixture, '@2').querySelector('input')).toBeNull();
  });

  it('leaves the name alone on Escape', async () => {
    const session = new FakeSession();
    const fixture = await createTabs(session);

    tab(fixture, '@2').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    await fixture.whenStable();
    const input = tab(fixture, '@2').querySelector('input');
    if (input !== null) input.value = 'tail';
    input?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await fixture.whenStable();

    expect(session.sent).toEqual([]);
    expect(tab(fixture, '@2').textContent).toContain('logs');
  });

  it('asks before it closes a window', async () => {
    const session = new FakeSession();
    const fixture = await createTabs(session);

    tab(fixture, '@2').querySelector<HTMLElement>('.close')?.click();

    expect(session.sent).toEqual([]);
    expect(TestBed.inject(UiRequests).current()).toEqual({
      request: {
        kind: 'confirm',
        message: 'kill-window logs? (y/n)',
        command: 'kill-window -t @2',
      },
      pane: '%2',
    });
  });

  it('offers nothing that changes windows to a viewer who may not type', async () => {
    const session = new FakeSession();
    session.canType.set(false);
    const fixture = await createTabs(session);
    const host = fixture.nativeElement as HTMLElement;

    expect(host.querySelector('[data-testid=new-window]')).toBeNull();
    expect(host.querySelector('.close')).toBeNull();
  });
});
