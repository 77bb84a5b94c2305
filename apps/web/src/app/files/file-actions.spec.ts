import { TestBed } from '@angular/core/testing';
import { InputQueue } from '../stream/input-queue';
import { PasteGuard } from '../terminal/paste-guard';
import { Notices } from '../ui/notices';
import { aPane, aWindow, FakeSession } from '../workbench/fake-session';
import { FileActions, openCommand } from './file-actions';
import { FilePlaces } from './file-places';

function createActions(): {
  session: FakeSession;
  actions: FileActions;
  typed: readonly unknown[];
  notices: () => readonly string[];
} {
  const session = new FakeSession();
  const typed: unknown[] = [];
  session.windows.set([aWindow('@1', 0, { active: true })]);
  session.panes.set(new Map([['%1', aPane('%1', '@1')]]));
  const send = (pane: string, data: string): void => void typed.push([pane, data]);
  TestBed.configureTestingModule({
    providers: [
      ...session.providers(),
      { provide: InputQueue, useValue: { send } },
      { provide: PasteGuard, useValue: { paste: send } },
      { provide: FilePlaces, useValue: { paneDirectory: () => '/home/ana' } },
      FileActions,
    ],
  });
  const actions = TestBed.inject(FileActions);
  const notices = () =>
    TestBed.inject(Notices)
      .shown()
      .map(({ message }) => message);
  return { session, actions, typed, notices };
}

describe(FileActions.name, () => {
  it('splits the active pane and types into the one that came', async () => {
    const { session, actions, typed } = createActions();

    const opening = actions.openInPane({ path: "/srv/it's" }, true);
    session.panes.update((panes) => new Map([...panes, ['%2', aPane('%2', '@1')]]));
    session.windows.set([aWindow('@1', 0, { active: true, activePane: '%2' })]);
    TestBed.tick();
    await opening;

    expect(session.sent).toEqual([{ cmd: 'split-pane', args: { pane: '%1', direction: 'below' } }]);
    expect(typed).toEqual([['%2', String.raw`cd '/srv/it'\''s'` + '\r']]);
  });

  it('pastes a quoted path, without Enter', () => {
    const { actions, typed } = createActions();
    actions.pastePath({ path: '/srv/a b' });
    expect(typed).toEqual([['%1', "'/srv/a b' "]]);
  });

  it('types no name that a terminal would act on, and says so', async () => {
    const { session, actions, typed, notices } = createActions();
    actions.pastePath({ path: '/srv/a\nreboot' });
    await actions.openInPane({ path: '/srv/\ufffd', path64: 'L3Nydi__' }, true);
    expect(typed).toEqual([]);
    expect(session.sent).toEqual([]);
    expect(notices()).toEqual([
      expect.stringContaining('control characters'),
      expect.stringContaining('no UTF-8'),
    ]);
  });
});

describe(openCommand.name, () => {
  it('opens a file in its directory with the editor of the person', () => {
    expect(openCommand('/srv/app/-x; reboot', false)).toBe(
      `cd /srv/app && sh -c '\${VISUAL:-\${EDITOR:-less}} "$1"' sh './-x; reboot'`,
    );
    expect(openCommand('/etc', true)).toBe('cd /etc');
  });
});
