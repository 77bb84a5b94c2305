import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { validateSync, type ValidationError } from 'class-validator';
import { ConfigError } from './config.errors.js';
import { setConfigFile } from './config-file.js';
import { CONFIG_FILE_VARIABLE } from './config.keys.js';
import {
  fromEnvironment,
  fromFlags,
  fromYaml,
  type FlagValues,
  type SourceValues,
} from './config.sources.js';
import { CONFIG_DEFAULTS, type ConfigValues, TmuxyConfig } from './config.js';
import { errorCode } from './error-code.js';

/** Where the configuration comes from; everything outside the process, so that tests can say it. */
export interface ConfigInput {
  /** Flags by key name, as typed. */
  readonly flags?: FlagValues;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--config`; it must exist then, while the default file may be absent. */
  readonly file?: string | undefined;
  readonly homeDir: string;
  /** Whether standard error is a terminal, where logs are made for people. */
  readonly isTerminal: boolean;
}

/** Where a setting was made. `tmux`: tmux's own `TMUX_TMPDIR`. */
export type Source = 'flag' | 'environment' | 'tmux' | 'file' | 'default';

/** The configuration, and where it is from. */
export interface LoadedConfig {
  readonly config: TmuxyConfig;
  readonly sources: Readonly<Partial<Record<string, Source>>>;
  /** The file that was read; undefined when there is none. */
  readonly file?: string;
}

/**
 * Lays flags over `TMUXY_*` over `tmuxy.yaml` over defaults, judges the result once and freezes it.
 *
 * @throws ConfigError naming each bad key and its rule
 */
export function loadConfig(input: ConfigInput): TmuxyConfig {
  return loadConfigWithSources(input).config;
}

/** As {@link loadConfig}, for who explains where a setting comes from. @throws ConfigError */
export function loadConfigWithSources(input: ConfigInput): LoadedConfig {
  const file = readFile(input);
  const layers: readonly (readonly [Source, SourceValues])[] = [
    ['default', defaultsFor(input)],
    ['file', file.values],
    ['tmux', tmuxsOwn(input.env)],
    ['environment', fromEnvironment(input.env)],
    ['flag', fromFlags(input.flags ?? {})],
  ];
  const sources = Object.fromEntries(
    layers.flatMap(([source, values]) => Object.keys(values).map((key) => [key, source])),
  );
  const merged = Object.fromEntries(layers.flatMap(([, values]) => Object.entries(values)));
  const config = judge(merged);
  if (file.path !== undefined) setConfigFile(config, file.path);
  return {
    config,
    sources,
    ...(file.path === undefined ? {} : { file: file.path }),
  };
}

function defaultsFor(input: ConfigInput): SourceValues {
  return {
    ...CONFIG_DEFAULTS,
    stateDir: join(xdgDir(input, 'XDG_STATE_HOME', '.local/state'), 'tmuxy'),
    logFormat: input.isTerminal ? 'pretty' : 'json',
  };
}

/** Checks `values` against the schema. @throws ConfigError */
function judge(values: SourceValues): TmuxyConfig {
  const given = { ...values, basePath: trimPath(values['basePath']) };
  // The cast ends here: what is not of the schema's types is refused by the next line.
  const config = new TmuxyConfig(given as unknown as ConfigValues);
  const problems = validateSync(config, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  }).flatMap((error) => problemsOf(error));
  if (config.socketName !== undefined && config.socketPath !== undefined) {
    problems.push('socketName, socketPath: give one of them');
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** One line for each broken rule, with the path of its key: `roles.viewer.sessions: must be …`. */
function problemsOf(error: ValidationError, parent = ''): string[] {
  const path = parent + error.property;
  const rules = Object.values(error.constraints ?? {}).map(ruleOf(error.property));
  return [
    ...(rules.length > 0 ? [`${path}: ${rules.join(', ')}`] : []),
    ...(error.children ?? []).flatMap((child) => problemsOf(child, `${path}.`)),
  ];
}

/** `TMUX_TMPDIR` is tmux's own variable: where it is set, the user's tmux has its sockets there. */
function tmuxsOwn(env: ConfigInput['env']): SourceValues {
  const tmuxTmpDir = env['TMUX_TMPDIR'];
  return tmuxTmpDir === undefined || tmuxTmpDir === '' ? {} : { tmuxTmpDir };
}

/** Messages of class-validator begin with the property, which the line already names. */
function ruleOf(property: string): (message: string) => string {
  return (message) =>
    message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}

function trimPath(path: unknown): unknown {
  return typeof path === 'string' && path.length > 1 ? path.replace(/\/$/, '') : path;
}

function readFile(input: ConfigInput): { readonly values: SourceValues; readonly path?: string } {
  const named = input.file ?? input.env[CONFIG_FILE_VARIABLE];
  const file =
    named === undefined
      ? join(xdgDir(input, 'XDG_CONFIG_HOME', '.config'), 'tmuxy', 'tmuxy.yaml')
      : resolve(named);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = errorCode(error) ?? 'unknown';
    if (named === undefined && (code === 'ENOENT' || code === 'ENOTDIR')) return { values: {} };
    throw new ConfigError([`${file}: cannot be read (${code})`]);
  }
  return { values: fromYaml(text, file), path: file };
}

/** A directory of the XDG base directory specification; a relative value there is to be ignored. */
function xdgDir(input: ConfigInput, variable: string, fallback: string): string {
  const value = input.env[variable];
  return value !== undefined && isAbsolute(value) ? value : join(input.homeDir, fallback);
}
