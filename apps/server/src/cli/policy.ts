import type { Command } from 'commander';
import {
  CommandSyntaxError,
  judge,
  parseCommandLine,
  type CommandPolicy,
  type CommandScope,
  type Denial,
  type Verdict,
} from '#tmux-protocol';
import type { Role } from '#dto';
import { ROLES } from '../config/sections.js';
import { policiesOf } from '../policy/role-policies.js';
import { CliError } from './cli.errors.js';
import { type Flags, loadFromFlags } from './config-flags.js';

/** `tmuxy policy …`: explains what the command policy says, without a server and without tmux. */
export function addPolicyCommands(program: Command): void {
  program
    .command('policy')
    .description('explain the command policy')
    .command('check')
    .description(
      'say whether a role may run a tmux command line, and why; status 1 when it may not',
    )
    .argument('<command>', 'the command line, in one argument')
    .option('--role <role>', 'who asks: viewer, operator or admin', 'operator')
    .option('--sessions <names>', 'the only sessions there are for them, separated by commas')
    .option('--json', 'print the verdict as JSON')
    .option('--config <file>', 'configuration file (tmuxy.yaml)')
    .action((command: string, { role, sessions, json, ...flags }: Flags) => {
      const policy = policiesOf(loadFromFlags(flags).policy)[roleOf(role)];
      const verdict = verdictOn(command, policy, scopeOf(sessions));
      process.stdout.write(`${json === true ? asJson(verdict) : asText(verdict)}\n`);
      if (!verdict.allowed) process.exitCode = 1;
    });
}

/** Judges a line as the server would; one that cannot be read is denied as well. */
export function verdictOn(text: string, policy: CommandPolicy, scope: CommandScope): Verdict {
  try {
    const commands = parseCommandLine(text);
    // tmuxy refuses whatever somebody with this role sends, before it is read.
    return policy.allow.length === 0 ? lookingOnly(text) : judge(commands, policy, scope);
  } catch (error) {
    if (!(error instanceof CommandSyntaxError)) throw error;
    return { allowed: false, rule: 'not-understood', command: text, reason: error.message };
  }
}

const lookingOnly = (command: string): Denial => ({
  allowed: false,
  rule: 'read-only',
  command,
  reason: 'this role looks and runs no commands',
});

/** @throws CliError */
function roleOf(text: Flags[string]): Role {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new CliError(`--role is one of ${ROLES.join(', ')}`);
  return role;
}

/** Sessions by name; their ids, windows and panes are only known where tmux runs. @throws CliError */
function scopeOf(text: Flags[string]): CommandScope {
  if (typeof text !== 'string') return { kind: 'all' };
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new CliError('--sessions is a list of names: --sessions work,play');
  const sessions = names.map((name, index) => ({
    id: `$${index}`,
    name,
    windows: [],
    panes: [],
  }));
  return { kind: 'sessions', current: '$0', sessions };
}

function asJson(verdict: Verdict): string {
  if (!verdict.allowed) return JSON.stringify(verdict);
  const commands = verdict.commands.map(({ spec, effects }) => ({
    command: spec.name,
    effects: [...effects].toSorted(),
  }));
  return JSON.stringify({ allowed: true, commands });
}

function asText(verdict: Verdict): string {
  if (verdict.allowed) {
    const lines = verdict.commands.map(
      ({ spec, effects }) =>
        `  ${spec.name}: ${effects.size === 0 ? 'no effect' : [...effects].toSorted().join(', ')}`,
    );
    return ['allowed', ...lines].join('\n');
  }
  const { command, rule, argument, reason } = verdict;
  return [
    'denied',
    `  command:  ${visible(command)}`,
    `  rule:     ${rule}`,
    ...(argument === undefined ? [] : [`  argument: ${visible(argument)}`]),
    `  reason:   ${visible(reason)}`,
  ].join('\n');
}

/** What was typed may hold anything; a terminal gets it without its control characters. */
const visible = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '\u{fffd}');
