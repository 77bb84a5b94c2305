import { localBinding } from './local-binding';

describe(localBinding.name, () => {
  it.each([
    ['copy-mode', { kind: 'copy-mode', pane: '%1', pageUp: false }],
    ['copy-mode -u', { kind: 'copy-mode', pane: '%1', pageUp: true }],
    ['list-keys -N', { kind: 'list-keys' }],
    ['choose-tree -Zs', { kind: 'choose-tree', of: 'sessions' }],
    ['choose-tree -Zw', { kind: 'choose-tree', of: 'windows' }],
    ['detach-client', { kind: 'detach' }],
  ])('looks by itself: %s', (command, request) => {
    expect(localBinding(command, '%1')).toEqual(request);
  });

  it.each(['new-window', 'detach-client -a', 'choose-tree "kill-session -t %%"', 'kill-pane', ''])(
    'leaves %j to tmux',
    (command) => {
      expect(localBinding(command, '%1')).toBeNull();
    },
  );
});
