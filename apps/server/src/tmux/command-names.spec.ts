import { COMMANDS, resolveCommand } from '#tmux-protocol';
import { CommandNames } from './command-names.js';
import { ShadowedCommandError } from './tmux.errors.js';

describe(CommandNames.name, () => {
  it('uses full names where they are free', () => {
    const names = new CommandNames();
    names.learn(['split-pane=split-window', 'info=show-messages -JT', '']);
    for (const { name } of COMMANDS) expect(names.of(name)).toBe(name);
  });

  it('uses the alias, then longer beginnings first, as more of them are taken', () => {
    const names = new CommandNames();
    const taken: string[] = [];
    const words: string[] = [];
    for (;;) {
      try {
        words.push(names.of('list-windows'));
      } catch (error) {
        expect(error).toBeInstanceOf(ShadowedCommandError);
        break;
      }
      taken.push(`${words.at(-1) ?? ''}=kill-server`);
      names.learn(taken);
    }
    expect(words).toEqual([
      'list-windows',
      'lsw',
      'list-window',
      'list-windo',
      'list-wind',
      'list-win',
      'list-wi',
      'list-w',
    ]);
  });

  it('gives only words that mean the command', () => {
    for (const spec of COMMANDS) {
      const names = new CommandNames();
      names.learn([`${spec.name}=x`]);
      let word: string | undefined;
      try {
        word = names.of(spec.name);
      } catch {
        // A few commands have no other name.
        continue;
      }
      expect(resolveCommand(word)).toBe(spec);
    }
  });

  it('forgets aliases that are gone', () => {
    const names = new CommandNames();
    names.learn(['send-keys=x']);
    expect(names.isTaken('send-keys')).toBe(true);
    names.learn([]);
    expect(names.of('send-keys')).toBe('send-keys');
  });
});
