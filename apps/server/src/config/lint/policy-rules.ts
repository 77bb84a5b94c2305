import { COMMANDS, type Effect, EFFECTS } from '#tmux-protocol';
import type { ConfigValues } from '../config.js';
import { nearest } from '../nearest.js';
import type { PolicyRuleSection, RolePolicySection } from '../sections.js';
import { type Finding, refused, warning } from './finding.js';

const COMMAND_NAMES: readonly string[] = COMMANDS.map(({ name }) => name);
const EFFECT_NAMES: readonly string[] = EFFECTS;
/** With any of these an operator has the shell, the files or the sessions that the built-in policy keeps away. */
const ESCAPES: ReadonlySet<string> = new Set<Effect>([
  'later',
  'shell',
  'file-read',
  'file-write',
  'other-session',
  'server',
]);

/** What tmux may be told, and where. */
export function policyRules(config: ConfigValues): readonly Finding[] {
  return [
    ...roleFindings('operator', config.policy.operator),
    ...roleFindings('admin', config.policy.admin),
    ...uselessPolicies(config),
    ...patterns(config),
  ];
}

function roleFindings(
  role: 'operator' | 'admin',
  policy: RolePolicySection | undefined,
): readonly Finding[] {
  return (['allow', 'deny'] as const).flatMap((side) =>
    (policy?.[side] ?? []).flatMap((rule, index) => {
      const key = `policy.${role}.${side}[${String(index)}]`;
      const isWidening = role === 'operator' && side === 'allow';
      return [...ruleFindings(rule, key), ...(isWidening ? widening(rule, key) : [])];
    }),
  );
}

/** A rule that fits nothing is refused: a `deny` would silently not hold. */
function ruleFindings(rule: PolicyRuleSection, key: string): readonly Finding[] {
  const { command, flag, effect } = rule;
  const findings: Finding[] = [];
  if (command === undefined && flag === undefined && effect === undefined) {
    findings.push(
      refused(key, 'is empty and fits nothing', 'give it a command, a flag of it, or an effect'),
    );
  }
  if (command !== undefined && !COMMAND_NAMES.includes(command)) {
    findings.push(unknownName(key, 'command', command, COMMAND_NAMES));
  }
  if (effect !== undefined && !EFFECT_NAMES.includes(effect)) {
    findings.push(unknownName(key, 'effect', effect, EFFECT_NAMES));
  }
  if (flag !== undefined && command === undefined) {
    findings.push(
      refused(
        key,
        `means the flag -${flag} of any command, and each command means something else by it`,
        'say which command it is about',
      ),
    );
  }
  return findings;
}

function unknownName(key: string, what: string, name: string, known: readonly string[]): Finding {
  const meant = nearest(name, known);
  return refused(
    key,
    `${name} is no ${what} that tmuxy knows, so the rule would fit nothing`,
    meant === undefined ? 'see docs/command-policy.md for the names' : `write ${meant}`,
  );
}

function widening(rule: PolicyRuleSection, key: string): readonly Finding[] {
  if (rule.effect === undefined || !ESCAPES.has(rule.effect)) return [];
  return [
    warning(
      key,
      `gives operators the effect ${rule.effect}, by which they can get around what else is denied them`,
      'allow single commands that need it, or make these people admins',
    ),
  ];
}

function uselessPolicies({ readOnly, policy }: ConfigValues): readonly Finding[] {
  const hasAllowed = [policy.operator, policy.admin].some((role) => (role?.allow ?? []).length > 0);
  if (!readOnly || !hasAllowed) return [];
  return [
    warning(
      'policy',
      'allows commands, but readOnly lets nobody run any',
      'take readOnly away, or the rules',
    ),
  ];
}

function patterns(config: ConfigValues): readonly Finding[] {
  const lists: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['readOnlySessions', config.readOnlySessions],
    ...Object.entries(config.roles).map(
      ([role, limits]: [string, { sessions?: readonly string[] } | undefined]) =>
        [`roles.${role}.sessions`, limits?.sessions] as const,
    ),
    ...config.groups.map(
      ({ sessions }, index) => [`groups[${String(index)}].sessions`, sessions] as const,
    ),
  ];
  return lists.flatMap(([key, list]) => [
    ...(list?.length === 0 && key !== 'readOnlySessions'
      ? [warning(key, 'is an empty list, so no session exists for these people', 'take it away')]
      : []),
    ...(list ?? [])
      .filter((pattern) => pattern.trim() !== pattern)
      .map((pattern) =>
        refused(
          key,
          `${JSON.stringify(pattern)} begins or ends with a space, and no session's name does, so it fits nothing`,
          `write ${JSON.stringify(pattern.trim())}`,
        ),
      ),
  ]);
}
