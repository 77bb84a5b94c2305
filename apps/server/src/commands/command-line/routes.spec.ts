import { COMMANDS } from '#tmux-protocol';
import { CHANGES_KEYS, ROUTES } from './routes.js';
import { UI_COMMANDS } from './ui-requests.js';

const names = COMMANDS.map(({ name }) => name);
const routed = (wanted: string): string[] =>
  Object.entries(ROUTES).flatMap(([name, route]) => (route === wanted ? [name] : []));

describe('routes of tmux commands', () => {
  it('say of every command how it is carried out, and of nothing else', () => {
    expect(Object.keys(ROUTES).toSorted()).toEqual(names.toSorted());
  });

  it('have something to show for each that asks for it, and nothing beside', () => {
    expect(Object.keys(UI_COMMANDS).toSorted()).toEqual(routed('ui').toSorted());
  });

  it('name a reason for every command that is not run', () => {
    const reasons = Object.values(ROUTES).flatMap((route) =>
      typeof route === 'object' ? [route.denied] : [],
    );
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toMatch(/^it \w+ .{10,}/);
  });

  // On a control client these hold up everything after them, or hand foreign text to the reader (tmux.md §1.2, §1.6).
  it.each([
    ...['run-shell', 'if-shell', 'wait-for', 'load-buffer', 'save-buffer', 'source-file'],
    ...['command-prompt', 'confirm-before', 'display-menu', 'display-popup', 'display-panes'],
    ...['capture-pane', 'show-buffer', 'show-environment', 'show-options', 'list-panes'],
    ...['list-keys', 'display-message', 'choose-tree', 'copy-mode', 'customize-mode'],
    ...['attach-session', 'detach-client', 'switch-client', 'refresh-client', 'new-session'],
  ])('never run %s on a control client', (name) => {
    expect(ROUTES[name]).not.toBe('control');
  });

  it.each(['server-access', 'show-messages', 'lock-server', 'suspend-client'])(
    'refuse %s',
    (name) => {
      expect(ROUTES[name]).toHaveProperty('denied');
    },
  );

  it('look at the keys again after commands that exist', () => {
    expect([...CHANGES_KEYS].filter((name) => !names.includes(name))).toEqual([]);
  });
});
