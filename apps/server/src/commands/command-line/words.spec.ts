import fc from 'fast-check';
import { parseCommandLine } from '#tmux-protocol';
import { withAnswers, wordsOf } from './words.js';

const filled = (template: string, ...answers: string[]): string[][] =>
  withAnswers(parseCommandLine(template), answers).map(({ name, args }) => [
    name,
    ...wordsOf(args),
  ]);

describe(wordsOf.name, () => {
  it('gives words as they are and blocks as text that means the same', () => {
    const [command] = parseCommandLine(`if-shell -F '#{x}' { display-message "a b" ; kill-pane }`);
    const words = wordsOf(command?.args ?? []);
    expect(words.slice(0, 2)).toEqual(['-F', '#{x}']);
    expect(parseCommandLine(words[2] ?? '')).toEqual(
      parseCommandLine('display-message "a b" ; kill-pane'),
    );
  });
});

describe(withAnswers.name, () => {
  it.each([
    [
      'the first answer',
      'rename-window -- "%%"',
      ['new name'],
      ['rename-window', '--', 'new name'],
    ],
    ['the quoting form', 'rename-window -- "%%%"', ['a b'], ['rename-window', '--', 'a b']],
    [
      'numbered answers',
      'move-pane -s "%1" -t "%2"',
      ['a', 'b'],
      ['move-pane', '-s', 'a', '-t', 'b'],
    ],
    ['an answer inside a word', 'new-window "sh -c %1"', ['top'], ['new-window', 'sh -c top']],
    ['one answer twice', 'display-message "%1 %1"', ['x'], ['display-message', 'x x']],
  ])('puts in %s', (_name, template, answers, expected) => {
    expect(filled(template, ...answers)).toEqual([expected]);
  });

  it('reaches into blocks', () => {
    const [, ...rest] = filled('if-shell -F 1 { rename-window -- "%%" }', 'x')[0] ?? [];
    expect(rest.at(-1)).toContain('rename-window');
    expect(parseCommandLine(rest.at(-1) ?? '')).toEqual(parseCommandLine('rename-window -- x'));
  });

  it('makes no line longer than a typed one, however often an answer stands in it', () => {
    const answer = 'x'.repeat(16_000);
    expect(filled('display-message "%%"', answer)).toEqual([['display-message', answer]]);
    for (const template of [`display-message "${'%%'.repeat(8_000)}"`, 'a "%%" ; if { b "%1" }']) {
      expect(() => filled(template, answer)).toThrow('too long');
    }
  });

  it.each(['a\nb', 'a\rb', 'a\0b', 'a\ud800b'])('refuses the answer %j', (answer) => {
    expect(() => filled('display-message "%%"', answer)).toThrow('cannot hold');
  });

  it('leaves what no answer was given for', () => {
    expect(filled('display-message "%1 %2"', 'x')).toEqual([['display-message', 'x %2']]);
  });

  it('does not fill an answer into an answer, nor read it as a pattern', () => {
    expect(filled('display-message "%1-%2"', '%2', '$&')).toEqual([['display-message', '%2-$&']]);
  });

  it('keeps one word one word and one command one command, whatever is answered', () => {
    fc.assert(
      fc.property(fc.string(), (answer) => {
        expect(filled('rename-window -- "%%"', answer)).toEqual([['rename-window', '--', answer]]);
      }),
    );
  });
});
