import { COMMANDS, resolveCommand } from './command-table.js';

const nameOf = (name: string): string | undefined => {
  const found = resolveCommand(name);
  return 'error' in found ? undefined : found.name;
};

describe(resolveCommand.name, () => {
  it('finds every command by its name and its alias', () => {
    expect(COMMANDS).toHaveLength(91);
    for (const { name, alias } of COMMANDS) {
      expect(nameOf(name)).toBe(name);
      if (alias !== undefined) expect(nameOf(alias)).toBe(name);
    }
  });

  it.each([
    ['split', 'split-window'],
    ['display-mes', 'display-message'],
    ['lock', 'lock-server'],
    ['new', 'new-session'],
    ['kill-ser', 'kill-server'],
    ['info', undefined],
    ['Split-window', undefined],
  ])('takes %j for %s', (name, full) => {
    expect(nameOf(name)).toBe(full);
  });

  it('names what an ambiguous prefix could mean', () => {
    expect(resolveCommand('kill-s')).toEqual({
      error: 'ambiguous',
      candidates: ['kill-server', 'kill-session'],
    });
    expect(resolveCommand('')).toMatchObject({ error: 'ambiguous' });
    expect(resolveCommand('bogus')).toEqual({ error: 'unknown', candidates: [] });
  });
});
