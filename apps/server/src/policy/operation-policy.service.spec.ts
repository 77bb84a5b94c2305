import 'reflect-metadata';
import { COMMAND_NAMES } from '#dto';
import type { TmuxyConfig } from '../config/config.js';
import { OperationPolicy, type Operation } from './operation-policy.service.js';
import { PolicyDeniedError } from './policy.errors.js';
import { PolicyService } from './policy.service.js';
import type { ConfiguredRule } from './role-policies.js';

const OPERATIONS: readonly Operation[] = [...COMMAND_NAMES, 'new-session'];

function withDenied(deny: readonly ConfiguredRule[]): OperationPolicy {
  const config = { policy: { operator: { deny } } } as unknown as TmuxyConfig;
  return new OperationPolicy(new PolicyService(config));
}

function deniedWith(...deny: readonly ConfiguredRule[]): readonly string[] {
  const operations = withDenied(deny);
  return OPERATIONS.flatMap((operation) => {
    try {
      operations.assertAllowed('operator', operation);
      return [];
    } catch (error) {
      expect(error).toBeInstanceOf(PolicyDeniedError);
      return [operation];
    }
  }).toSorted();
}

describe(OperationPolicy.name, () => {
  it('lets operators and admins do all, unless the configuration says otherwise', () => {
    expect(deniedWith()).toEqual([]);
    const operations = withDenied([{ effect: 'kill' }]);
    for (const operation of OPERATIONS) operations.assertAllowed('admin', operation);
  });

  it.each<[string, ConfiguredRule, readonly string[]]>([
    ['a command', { command: 'kill-session' }, ['kill-session']],
    [
      'an effect',
      { effect: 'kill' },
      ['clear-history', 'kill-pane', 'kill-session', 'kill-window'],
    ],
    ['a flag', { command: 'resize-pane', flag: 'Z' }, ['zoom-pane']],
    ['what makes things', { effect: 'create' }, ['new-session', 'new-window', 'split-pane']],
    ['typing', { effect: 'input' }, ['paste', 'send-input']],
    ['what only lines can do', { command: 'run-shell' }, []],
  ])('refuses the operations that a rule about %s means', (_what, rule, expected) => {
    expect(deniedWith(rule)).toEqual(expected);
  });
});
