import 'reflect-metadata';
import { ConfigError } from '../config/config.errors.js';
import { policiesOf } from './role-policies.js';

describe(policiesOf.name, () => {
  it('adds configured rules to those of the role they are written for', () => {
    const plain = policiesOf({});
    const policies = policiesOf({
      operator: { allow: [{ effect: 'shell' }], deny: [{ command: 'send-keys', flag: 'R' }] },
    });
    expect(policies.operator.allow).toContainEqual(expect.objectContaining({ effect: 'shell' }));
    expect(policies.operator.deny).toContainEqual(
      expect.objectContaining({ command: 'send-keys', flag: 'R' }),
    );
    expect(policies.admin).toEqual(plain.admin);
    expect(policies.viewer).toEqual(plain.viewer);
  });

  it('lets viewers run nothing', () => {
    expect(policiesOf({}).viewer.allow).toEqual([]);
  });

  it.each([
    [{}, 'must name a command, a flag or an effect'],
    [{ command: 'no-such-command' }, 'command must be the full name of a tmux command'],
    [{ flag: 'k' }, 'flag needs the command it belongs to'],
    [{ effect: 'magic' }, 'effect must be one of '],
  ])('refuses %j and says where it is', (rule, problem) => {
    expect(() => policiesOf({ admin: { deny: [{ effect: 'wait' }, rule] } })).toThrow(ConfigError);
    expect(() => policiesOf({ admin: { deny: [{ effect: 'wait' }, rule] } })).toThrow(
      `policy.admin.deny[1]: ${problem}`,
    );
  });
});
