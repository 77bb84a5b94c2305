import { InputSequence } from './input-sequence.js';
import type { Connection } from './connection.js';
import { SessionTokensService } from './session-tokens.service.js';

const connection = (id: string): Connection => ({
  id,
  identity: {
    name: 'ana',
    role: 'operator',
    readOnly: false,
    sessions: [],
    method: 'key',
    credentialId: 'sign-in:1',
  },
  openedAs: 'work',
  inputs: new InputSequence(),
  session: () => ({ id: '$1', name: 'work' }),
});

describe(SessionTokensService.name, () => {
  it('gives every connection a token of its own with 128 bits', () => {
    const tokens = new SessionTokensService();
    const made = Array.from({ length: 100 }, (_, index) => tokens.issue(connection(String(index))));
    for (const token of made) expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(made).size).toBe(100);
  });

  it('knows whose a token is', () => {
    const tokens = new SessionTokensService();
    const [one, two] = [connection('one'), connection('two')];
    const [first, second] = [tokens.issue(one), tokens.issue(two)];
    expect(tokens.resolve(first)).toBe(one);
    expect(tokens.resolve(second)).toBe(two);
  });

  it.each([
    ['another one', 'f'.repeat(32)],
    ['an empty one', ''],
    ['a longer one', 'f'.repeat(33)],
    ['no hex digits', 'g'.repeat(32)],
  ])('does not know %s', (_name, token) => {
    const tokens = new SessionTokensService();
    tokens.issue(connection('one'));
    expect(tokens.resolve(token)).toBeUndefined();
  });

  it('does not take another writing of a token for it', () => {
    const tokens = new SessionTokensService();
    const token = tokens.issue(connection('one'));
    expect(tokens.resolve(` ${token}`)).toBeUndefined();
    expect(tokens.resolve(`${token}\n`)).toBeUndefined();
  });

  it('forgets a token for good when its stream ended, and no other', () => {
    const tokens = new SessionTokensService();
    const other = connection('other');
    const [ended, going] = [tokens.issue(connection('one')), tokens.issue(other)];
    tokens.revoke(ended);
    expect(tokens.resolve(ended)).toBeUndefined();
    expect(tokens.resolve(going)).toBe(other);
  });
});
