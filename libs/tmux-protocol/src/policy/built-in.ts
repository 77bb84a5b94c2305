import type { CommandPolicy, Effect, PolicyRule } from './types.js';
import { EFFECTS } from './types.js';

const allowing = (effects: readonly Effect[]): PolicyRule[] =>
  effects.map((effect) => ({ effect }));

/** What an operator may do; a limited scope takes `buffer` and `other-session` away again. */
const OPERATOR: readonly Effect[] = [
  'read',
  'layout',
  'name',
  'create',
  'input',
  'buffer',
  'kill',
  'option',
  'other-session',
];

/** What each role may run when the configuration says nothing. Viewers run no commands at all. */
export const BUILT_IN_POLICIES: Readonly<Record<'viewer' | 'operator' | 'admin', CommandPolicy>> = {
  viewer: { name: 'built-in viewer', allow: [], deny: [] },
  operator: {
    name: 'built-in operator',
    allow: allowing(OPERATOR),
    deny: [
      // They detach whoever else is attached, or end every other session.
      { command: 'new-session', flag: 'D' },
      { command: 'new-session', flag: 'X' },
      { command: 'kill-session', flag: 'a' },
    ],
  },
  admin: { name: 'built-in admin', allow: allowing(EFFECTS), deny: [] },
};

/**
 * A role's policy with what the configuration adds to it.
 * @param place where it was configured, as denials name it: `policy.operator`
 */
export function mergePolicy(
  builtIn: CommandPolicy,
  configured: {
    readonly allow?: readonly PolicyRule[] | undefined;
    readonly deny?: readonly PolicyRule[] | undefined;
  },
  place: string,
): CommandPolicy {
  const named = (rules: readonly PolicyRule[] = [], list: string): PolicyRule[] =>
    rules.map((rule, i) => ({ ...rule, name: `${place}.${list}[${i}]` }));
  return {
    name: builtIn.name,
    allow: [...builtIn.allow, ...named(configured.allow, 'allow')],
    deny: [...named(configured.deny, 'deny'), ...builtIn.deny],
  };
}
