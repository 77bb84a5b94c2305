import { COMMANDS, resolveCommand, synonyms } from './command-table.js';

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

describe(synonyms.name, () => {
  it('gives words that all mean the command, the full name first', () => {
    for (const spec of COMMANDS) {
      const words = synonyms(spec);
      expect(words[0]).toBe(spec.name);
      expect(words.map(nameOf)).toEqual(words.map(() => spec.name));
    }
  });

  it('leaves out beginnings that others share', () => {
    const spec = COMMANDS.find(({ name }) => name === 'kill-server');
    if (spec === undefined) throw new Error('no kill-server');
    expect(synonyms(spec)).toEqual(['kill-server', 'kill-serve', 'kill-serv', 'kill-ser']);
  });
});
