import { sessionNameProblem } from './session-name';

describe(sessionNameProblem.name, () => {
  it.each(['work', 'a b', 'café', '_x+y@z-1', 'x'.repeat(64)])('takes %j', (name) => {
    expect(sessionNameProblem(name)).toBeNull();
  });

  it.each(['', '   ', 'a:b', 'a.b', 'a\tb', '-a', '=a', '$1', 'x'.repeat(65)])(
    'refuses %j',
    (name) => {
      expect(sessionNameProblem(name)).not.toBeNull();
    },
  );
});
