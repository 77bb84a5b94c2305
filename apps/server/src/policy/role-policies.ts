import {
  BUILT_IN_POLICIES,
  COMMANDS,
  EFFECTS,
  mergePolicy,
  type CommandPolicy,
  type Effect,
  type PolicyRule,
} from '#tmux-protocol';
import type { Role } from '#dto';
import { ConfigError } from '../config/config.errors.js';

/** A rule as configured; what it names may not exist. */
export interface ConfiguredRule {
  readonly command?: string;
  readonly flag?: string;
  readonly effect?: string;
}

interface ConfiguredPolicy {
  readonly allow?: readonly ConfiguredRule[];
  readonly deny?: readonly ConfiguredRule[];
}

/** The section `policy` of the configuration. */
export interface ConfiguredPolicies {
  readonly operator?: ConfiguredPolicy;
  readonly admin?: ConfiguredPolicy;
}

/**
 * Lays the configured rules over the built-in policies. The role `viewer` has none to lay: it runs no commands.
 * @throws ConfigError for a rule without anything, and for commands and effects that there are not
 */
export function policiesOf(section: ConfiguredPolicies): Readonly<Record<Role, CommandPolicy>> {
  const problems: string[] = [];
  const configured = (role: 'operator' | 'admin'): CommandPolicy => {
    const { allow = [], deny = [] }: ConfiguredPolicy = section[role] ?? {};
    const read = (list: 'allow' | 'deny', rules: readonly ConfiguredRule[]): PolicyRule[] =>
      rules.map((rule, index) => {
        const place = `policy.${role}.${list}[${index}]`;
        problems.push(...problemsOf(rule).map((problem) => `${place}: ${problem}`));
        return ruleOf(rule);
      });
    return mergePolicy(
      BUILT_IN_POLICIES[role],
      { allow: read('allow', allow), deny: read('deny', deny) },
      `policy.${role}`,
    );
  };
  const policies = {
    viewer: BUILT_IN_POLICIES.viewer,
    operator: configured('operator'),
    admin: configured('admin'),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return policies;
}

const isEffect = (text: string | undefined): text is Effect =>
  EFFECTS.some((effect) => effect === text);

function ruleOf({ command, flag, effect }: ConfiguredRule): PolicyRule {
  return {
    ...(command === undefined ? {} : { command }),
    ...(flag === undefined ? {} : { flag }),
    ...(isEffect(effect) ? { effect } : {}),
  };
}

function problemsOf({ command, flag, effect }: ConfiguredRule): string[] {
  const problems: string[] = [];
  if (command === undefined && flag === undefined && effect === undefined) {
    problems.push('must name a command, a flag or an effect');
  }
  const spec = COMMANDS.find(({ name }) => name === command);
  if (command !== undefined && spec === undefined) {
    problems.push('command must be the full name of a tmux command');
  }
  if (flag !== undefined && spec === undefined) {
    problems.push('flag needs the command it belongs to');
  }
  if (effect !== undefined && !isEffect(effect)) {
    problems.push(`effect must be one of ${EFFECTS.join(', ')}`);
  }
  return problems;
}
