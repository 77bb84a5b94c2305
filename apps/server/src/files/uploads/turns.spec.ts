import { Turns } from './turns.js';

describe(Turns.name, () => {
  it('does what has one key one after the other, and goes on after a failure', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const slow = turns.run('a', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push('first');
      throw new Error('no');
    });
    const after = turns.run('a', () => Promise.resolve(seen.push('second')));
    const other = turns.run('b', () => Promise.resolve(seen.push('other')));
    await expect(slow).rejects.toThrow('no');
    await Promise.all([after, other]);
    expect(seen).toEqual(['other', 'first', 'second']);
  });
});
