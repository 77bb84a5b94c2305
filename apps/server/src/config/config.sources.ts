import { parse } from 'yaml';
import { ConfigError } from './config.errors.js';
import {
  CONFIG_FILE_VARIABLE,
  CONFIG_KEYS,
  type ConfigKey,
  flagOf,
  VARIABLE_PREFIX,
  variableOf,
} from './config.keys.js';
import { nearest } from './nearest.js';

/** What commander parsed, by key name: text as typed, true or false for a flag without a value. */
export type FlagValues = Readonly<Record<string, string | boolean | undefined>>;

/** Values of one source by key name; not yet judged. */
export type SourceValues = Readonly<Record<string, unknown>>;

/** Keys that can be written as text, so in flags and the environment too. */
export const TEXT_KEYS = CONFIG_KEYS.filter((key) => key.kind !== 'section');

/** Reads the flags commander parsed (`basePath: '/tmux'`), text as typed. */
export function fromFlags(flags: FlagValues): SourceValues {
  return read((key) => {
    const value = flags[key.name];
    return typeof value === 'boolean' ? String(value) : value;
  }, flagOf);
}

/** Reads `TMUXY_*`. An unknown one is refused: a misspelt setting would silently not hold. */
export function fromEnvironment(env: Readonly<Record<string, string | undefined>>): SourceValues {
  const known = [CONFIG_FILE_VARIABLE, ...TEXT_KEYS.map(variableOf)];
  const names = Object.keys(env).filter((name) => name.startsWith(VARIABLE_PREFIX));
  refuseUnknown(names, known, 'environment variable');
  return read((key) => env[variableOf(key)], variableOf);
}

/**
 * Reads the text of a `tmuxy.yaml`: one mapping of the keys of `CONFIG_KEYS`.
 *
 * @throws ConfigError when it is no such mapping; YAML errors are told by line, without the text
 */
export function fromYaml(text: string, file: string): SourceValues {
  const values = parseYaml(text, file);
  if (values === null || values === undefined) return {};
  if (typeof values !== 'object' || Array.isArray(values)) {
    throw new ConfigError([`${file}: must be a mapping of keys to values`]);
  }
  const known = CONFIG_KEYS.map((key) => key.name);
  refuseUnknown(Object.keys(values), known, `key in ${file}:`);
  return { ...values };
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text, { prettyErrors: false, maxAliasCount: 0 });
  } catch (error) {
    // The parser's message may quote the file, which may hold what nobody should read in a log.
    const position =
      error instanceof Error && 'pos' in error && Array.isArray(error.pos) ? error.pos : [];
    const offset: unknown = position[0];
    const line =
      typeof offset === 'number' ? `:${String(text.slice(0, offset).split('\n').length)}` : '';
    throw new ConfigError([`${file}${line}: is not valid YAML`]);
  }
}

function read(
  valueOf: (key: ConfigKey) => string | undefined,
  nameOf: (key: ConfigKey) => string,
): SourceValues {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const key of TEXT_KEYS) {
    const text = valueOf(key);
    if (text === undefined) continue;
    const value = READERS[key.kind](text);
    if (value === undefined) problems.push(`${nameOf(key)}: must be ${EXPECTED[key.kind]}`);
    else values[key.name] = value;
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return values;
}

/** Text → value, undefined when it is none. */
const READERS: Readonly<Record<ConfigKey['kind'], (text: string) => unknown>> = {
  text: (text) => text,
  integer: (text) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  list: (text) => (text === '' ? [] : text.split(',').map((item) => item.trim())),
  section: () => undefined,
};

const EXPECTED: Readonly<Record<ConfigKey['kind'], string>> = {
  text: 'text',
  integer: 'a whole number',
  boolean: 'true or false',
  list: 'a list separated by commas',
  section: 'written in the configuration file',
};

function refuseUnknown(names: readonly string[], known: readonly string[], what: string): void {
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known);
      return `unknown ${what} ${name}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
    });
  if (problems.length > 0) throw new ConfigError(problems);
}
