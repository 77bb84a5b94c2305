import { InvalidRequestError } from './app-error.js';
import { singleQuery } from './single-query.js';

describe(singleQuery.name, () => {
  it('reads one value', () => {
    expect(singleQuery({ session: 'main' }, 'session')).toBe('main');
  });

  it('has none where none is given, nor from the prototype', () => {
    expect(singleQuery({}, 'session')).toBeUndefined();
    expect(singleQuery({}, 'constructor')).toBeUndefined();
  });

  it.each([[['a', 'b']], [{ a: 'b' }], [1]])('refuses %j', (value) => {
    expect(() => singleQuery({ session: value }, 'session')).toThrow(InvalidRequestError);
  });
});
