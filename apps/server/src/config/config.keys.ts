import type { ConfigValues } from './config.js';

/** One key of the configuration and how it is written on the command line. */
export interface ConfigKey {
  readonly name: keyof ConfigValues;
  /** How text from a flag or the environment is read. */
  readonly kind: 'text' | 'integer';
  /** Placeholder in `--help`. */
  readonly value: string;
  readonly help: string;
}

/** Every key, in the order `--help` and docs/configuration.md list them. */
export const CONFIG_KEYS: readonly ConfigKey[] = [
  { name: 'host', kind: 'text', value: 'address', help: 'loopback address to listen on' },
  { name: 'port', kind: 'integer', value: 'number', help: 'port to listen on, 0 for a free one' },
  { name: 'basePath', kind: 'text', value: 'path', help: 'path everything is served below' },
  { name: 'socketName', kind: 'text', value: 'name', help: "tmux's socket name (tmux -L)" },
  { name: 'socketPath', kind: 'text', value: 'path', help: "tmux's socket path (tmux -S)" },
  { name: 'tmuxBin', kind: 'text', value: 'file', help: "tmux's executable" },
  { name: 'stateDir', kind: 'text', value: 'dir', help: 'where sign-ins are kept' },
  {
    name: 'logLevel',
    kind: 'text',
    value: 'level',
    help: 'fatal, error, warn, info, debug, trace or silent',
  },
  { name: 'logFormat', kind: 'text', value: 'format', help: 'pretty or json, on standard error' },
  {
    name: 'historyLines',
    kind: 'integer',
    value: 'lines',
    help: 'most history lines sent of a pane',
  },
  {
    name: 'viewerQueueBytes',
    kind: 'integer',
    value: 'bytes',
    help: 'most bytes waiting for a slow viewer',
  },
  {
    name: 'ringBytes',
    kind: 'integer',
    value: 'bytes',
    help: 'most bytes of events kept per session for resuming',
  },
  {
    name: 'graceMs',
    kind: 'integer',
    value: 'ms',
    help: 'how long to stay attached after the last viewer',
  },
  {
    name: 'createSession',
    kind: 'text',
    value: 'name',
    help: 'session made when tmux runs none, "" for none',
  },
];

/** Environment variable that names the configuration file; `--config` is its flag. */
export const CONFIG_FILE_VARIABLE = 'TMUXY_CONFIG';
export const VARIABLE_PREFIX = 'TMUXY_';

/** `basePath` → `--base-path`. */
export function flagOf(key: ConfigKey): string {
  return `--${key.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** `basePath` → `TMUXY_BASE_PATH`. */
export function variableOf(key: ConfigKey): string {
  return VARIABLE_PREFIX + key.name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
