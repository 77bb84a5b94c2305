import { answer, commandOf, currentField, startPrompt } from './prompt-flow';

describe(startPrompt.name, () => {
  it('asks field after field', () => {
    const first = startPrompt([
      { label: 'from', initial: '' },
      { label: 'to', initial: '9' },
    ]);
    const second = answer(first, '1');

    expect(currentField(first)?.label).toBe('from');
    expect(currentField(second)).toEqual({ label: 'to', initial: '9' });
    expect(currentField(answer(second, '2'))).toBeUndefined();
    expect(answer(second, '2').answers).toEqual(['1', '2']);
  });
});

describe(commandOf.name, () => {
  it('sends the template with the answers', () => {
    expect(commandOf("rename-window '%%'", ['a'])).toEqual({
      command: "rename-window '%%'",
      answers: ['a'],
    });
  });

  it('runs what was typed when there is no template, and nothing when that is empty', () => {
    expect(commandOf('', ['  list-windows '])).toEqual({ command: 'list-windows' });
    expect(commandOf('', ['  '])).toBeNull();
  });
});
