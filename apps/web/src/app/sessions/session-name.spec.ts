import { sessionNameProblem } from './session-name';

describe(sessionNameProblem.name, () => {
  it.each(['work', 'a b', 'café', 'x'.repeat(64)])('takes %j', (name) => {
    expect(sessionNameProblem(name)).toBeNull();
  });

  it.each(['', '   ', 'a:b', 'a.b', 'a\tb', 'x'.repeat(65)])('refuses %j', (name) => {
    expect(sessionNameProblem(name)).not.toBeNull();
  });
});
