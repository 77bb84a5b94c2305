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

/** Values of one source by key name; not yet judged. */
export type SourceValues = Readonly<Record<string, unknown>>;

/** Reads the flags commander parsed (`basePath: '/tmux'`), text as typed. */
export function fromFlags(flags: Readonly<Record<string, string | undefined>>): SourceValues {
  return read((key) => flags[key.name], flagOf);
}

/** Reads `TMUXY_*`. An unknown one is refused: a misspelt setting would silently not hold. */
export function fromEnvironment(env: Readonly<Record<string, string | undefined>>): SourceValues {
  const known = [CONFIG_FILE_VARIABLE, ...CONFIG_KEYS.map(variableOf)];
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
  for (const key of CONFIG_KEYS) {
    const text = valueOf(key);
    if (text === undefined) continue;
    if (key.kind === 'text') values[key.name] = text;
    else if (/^\d{1,15}$/.test(text)) values[key.name] = Number(text);
    else problems.push(`${nameOf(key)}: must be a whole number`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return values;
}

function refuseUnknown(names: readonly string[], known: readonly string[], what: string): void {
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known);
      return `unknown ${what} ${name}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
    });
  if (problems.length > 0) throw new ConfigError(problems);
}
