import { type Command, Option } from 'commander';
import type { Role } from '#dto';
import { ROLES } from '../config/sections.js';
import { CliError } from './cli.errors.js';
import type { Flags } from './config-flags.js';

/** `--role`, limited to the roles there are. */
export function roleOption(help: string): Option {
  return new Option('--role <role>', help).choices(ROLES);
}

/** `--sessions` and `--read-only`. */
export function addRightsFlags(command: Command): Command {
  return command
    .option('--sessions <patterns>', 'sessions they see, such as dev-*,main; * for all')
    .option('--read-only', 'they only look');
}

/** @returns undefined when `--role` is not there */
export function roleIn(flags: Flags): Role | undefined {
  return ROLES.find((role) => role === flags['role']);
}

/** @returns the patterns, null for all sessions, undefined when `--sessions` is not there */
export function sessionsIn(flags: Flags): readonly string[] | null | undefined {
  const text = flags['sessions'];
  if (typeof text !== 'string') return undefined;
  if (text === '*') return null;
  const patterns = text.split(',').map((pattern) => pattern.trim());
  if (patterns.includes('')) {
    throw new CliError('--sessions: give patterns separated by commas, such as dev-*,main');
  }
  return patterns;
}

/** @returns undefined when the flag is not there */
export function textIn(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}
