import type { CommandCase } from './command-case.js';
import type { CommandPolicy, CommandScope, Denial, Effect, PolicyRule } from './types.js';

/** What reaches beyond the sessions of a limited scope. */
const BEYOND: readonly Effect[] = ['other-session', 'server', 'buffer', 'client', 'reveal'];

/** Told first when a command has several effects that are not allowed: what it is really about. */
const GRAVEST: readonly Effect[] = ['file-read', 'file-write', 'shell', 'later'];

/** Finds what speaks against a command whose effects are known; undefined when nothing does. */
export function ruleAgainst(
  command: CommandCase,
  policy: CommandPolicy,
  scope: CommandScope,
): Denial | undefined {
  const { effects, spec } = command;
  if (scope.kind === 'sessions') {
    const beyond = BEYOND.find((effect) => effects.has(effect));
    if (beyond !== undefined) return denial(command, 'scope', beyond);
  }
  const rule = policy.deny.find((one) => fits(one, command));
  if (rule !== undefined) {
    const reason = `a rule of the policy forbids ${describe(rule)}`;
    return { allowed: false, rule: rule.name ?? policy.name, command: spec.name, reason };
  }
  const gravest = GRAVEST.filter((effect) => effects.has(effect));
  const denied = [...gravest, ...effects.keys()].find(
    (effect) =>
      !policy.allow.some((one) => (one.effect ?? effect) === effect && fits(one, command)),
  );
  return denied === undefined ? undefined : denial(command, `effect:${denied}`, denied);
}

function denial({ spec, effects }: CommandCase, rule: string, effect: Effect): Denial {
  const cause = effects.get(effect);
  return {
    allowed: false,
    rule,
    command: spec.name,
    ...(cause?.argument !== undefined && { argument: cause.argument }),
    reason: `it would ${cause?.does ?? effect}`,
  };
}

function fits(rule: PolicyRule, { spec, flags, effects }: CommandCase): boolean {
  if (rule.command === undefined && rule.flag === undefined && rule.effect === undefined)
    return false;
  return (
    (rule.command === undefined || rule.command === spec.name) &&
    (rule.flag === undefined || flags.has(rule.flag)) &&
    (rule.effect === undefined || effects.has(rule.effect))
  );
}

function describe({ command, flag, effect }: PolicyRule): string {
  const what = command ?? 'commands';
  const how = flag === undefined ? what : `${what} -${flag}`;
  return effect === undefined ? how : `${how} with the effect ${effect}`;
}
