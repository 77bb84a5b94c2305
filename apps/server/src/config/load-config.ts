import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { validateSync } from 'class-validator';
import { ConfigError } from './config.errors.js';
import { CONFIG_FILE_VARIABLE } from './config.keys.js';
import { fromEnvironment, fromFlags, fromYaml, type SourceValues } from './config.sources.js';
import { CONFIG_DEFAULTS, type ConfigValues, TmuxyConfig } from './config.js';
import { errorCode } from './error-code.js';

/** Where the configuration comes from; everything outside the process, so that tests can say it. */
export interface ConfigInput {
  /** Flags by key name, as typed. */
  readonly flags?: Readonly<Record<string, string | undefined>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--config`; it must exist then, while the default file may be absent. */
  readonly file?: string | undefined;
  readonly homeDir: string;
  /** Whether standard error is a terminal, where logs are made for people. */
  readonly isTerminal: boolean;
}

/**
 * Lays flags over `TMUXY_*` over `tmuxy.yaml` over defaults, judges the result once and freezes it.
 *
 * @throws ConfigError naming each bad key and its rule
 */
export function loadConfig(input: ConfigInput): TmuxyConfig {
  const merged: SourceValues = {
    ...CONFIG_DEFAULTS,
    stateDir: join(xdgDir(input, 'XDG_STATE_HOME', '.local/state'), 'tmuxy'),
    logFormat: input.isTerminal ? 'pretty' : 'json',
    ...readFile(input),
    ...tmuxsOwn(input.env),
    ...fromEnvironment(input.env),
    ...fromFlags(input.flags ?? {}),
  };
  return judge(merged);
}

/** Checks `values` against the schema. @throws ConfigError */
function judge(values: SourceValues): TmuxyConfig {
  const given = { ...values, basePath: trimPath(values['basePath']) };
  // The cast ends here: what is not of the schema's types is refused by the next line.
  const config = new TmuxyConfig(given as unknown as ConfigValues);
  const problems = validateSync(config, { whitelist: true, forbidUnknownValues: true }).map(
    (error) =>
      `${error.property}: ${Object.values(error.constraints ?? {})
        .map(ruleOf(error.property))
        .join(', ')}`,
  );
  if (config.socketName !== undefined && config.socketPath !== undefined) {
    problems.push('socketName, socketPath: give one of them');
  }
  if (typeof config.host === 'string' && !isLoopback(config.host)) {
    problems.push(
      'host: must be a loopback address (127.0.0.1, ::1, localhost); to reach this server from another ' +
        `machine, run there: ssh -L ${String(config.port)}:127.0.0.1:${String(config.port)} <this machine>`,
    );
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
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

/** Whether connections to `host` can only come from this machine (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '::1' ||
    /^127(?:\.(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])){3}$/.test(host)
  );
}

function readFile(input: ConfigInput): SourceValues {
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
    if (named === undefined && (code === 'ENOENT' || code === 'ENOTDIR')) return {};
    throw new ConfigError([`${file}: cannot be read (${code})`]);
  }
  return fromYaml(text, file);
}

/** A directory of the XDG base directory specification; a relative value there is to be ignored. */
function xdgDir(input: ConfigInput, variable: string, fallback: string): string {
  const value = input.env[variable];
  return value !== undefined && isAbsolute(value) ? value : join(input.homeDir, fallback);
}
