import { ACTION_GROUPS, actionWords } from './action-words';

describe(actionWords.name, () => {
  it.each([
    ['tmux.command', 'Run a command'],
    ['tmux.split-pane', 'Split pane'],
    ['user.undo-all', 'User undo all'],
    ['constructor', 'Constructor'],
  ])('%s', (code, words) => {
    expect(actionWords(code)).toBe(words);
  });

  it('has groups that the server takes', () => {
    for (const { action } of ACTION_GROUPS) {
      expect(action).toMatch(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:\.\*)?$/);
    }
  });
});
