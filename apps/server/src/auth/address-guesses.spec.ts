import { AddressGuesses, GUESSES_MAX } from './address-guesses.js';

describe(AddressGuesses.name, () => {
  it('refuses an address that guessed too often, for a while, and no other', () => {
    const guesses = new AddressGuesses();
    for (let i = 0; i < GUESSES_MAX; i++) {
      guesses.check('a', 1_000);
      guesses.count('a', 1_000);
    }
    expect(() => guesses.check('a', 1_000)).toThrow('Too many wrong credentials');
    expect(() => guesses.check('b', 1_000)).not.toThrow();
    expect(() => guesses.check('a', 61_000)).not.toThrow();
    guesses.count('a', 61_000);
    expect(() => guesses.check('a', 61_000)).not.toThrow();
  });
});
