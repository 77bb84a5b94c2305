import type { ConfigValues } from './config.js';

/** One key of the configuration and how it is written on the command line. */
export interface ConfigKey {
  readonly name: keyof ConfigValues;
  /**
   * How text from a flag or the environment is read: a `boolean` flag has no value, a `list` is separated
   * by commas, a `section` can be written in the file only.
   */
  readonly kind: 'text' | 'integer' | 'boolean' | 'list' | 'section';
  /** Placeholder in `--help`. */
  readonly value: string;
  readonly help: string;
}

/** Every key, in the order `--help` and docs/configuration.md list them. */
export const CONFIG_KEYS: readonly ConfigKey[] = [
  {
    name: 'host',
    kind: 'text',
    value: 'address',
    help: 'address to listen on; beyond loopback with TLS',
  },
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
  {
    name: 'publicOrigins',
    kind: 'list',
    value: 'origins',
    help: 'addresses browsers see, such as https://term.example.com',
  },
  {
    name: 'corsOrigins',
    kind: 'list',
    value: 'origins',
    help: 'other origins whose pages may use the API with an access token',
  },
  {
    name: 'trustedProxies',
    kind: 'list',
    value: 'addresses',
    help: 'addresses or networks of reverse proxies whose headers are believed',
  },
  {
    name: 'proxyUserHeader',
    kind: 'text',
    value: 'name',
    help: 'header in which a trusted proxy names the user, such as X-Remote-User',
  },
  {
    name: 'proxyGroupsHeader',
    kind: 'text',
    value: 'name',
    help: "header in which a trusted proxy lists the user's groups",
  },
  {
    name: 'proxySecretFile',
    kind: 'text',
    value: 'file',
    help: 'file with a secret that a trusted proxy must send in X-Tmuxy-Proxy-Secret to name users',
  },
  { name: 'tlsCert', kind: 'text', value: 'file', help: 'certificate chain (PEM); turns on https' },
  { name: 'tlsKey', kind: 'text', value: 'file', help: "the certificate's private key (PEM)" },
  {
    name: 'tlsProfile',
    kind: 'text',
    value: 'profile',
    help: 'intermediate or modern (TLS 1.3 only)',
  },
  { name: 'auth', kind: 'text', value: 'mode', help: 'required, or none (loopback only)' },
  { name: 'passwords', kind: 'boolean', value: 'yes', help: 'let users sign in with passwords' },
  {
    name: 'signInIdleMinutes',
    kind: 'integer',
    value: 'minutes',
    help: 'how long a sign-in lives without anything being done',
  },
  {
    name: 'signInHours',
    kind: 'integer',
    value: 'hours',
    help: 'how long a sign-in lives at most',
  },
  {
    name: 'databaseUrl',
    kind: 'text',
    value: 'url',
    help: 'sqlite:FILE or postgresql://… for users, tokens and sign-ins',
  },
  {
    name: 'databaseUrlFile',
    kind: 'text',
    value: 'file',
    help: 'file that holds databaseUrl, for one with a password',
  },
  {
    name: 'streamsPerCredential',
    kind: 'integer',
    value: 'number',
    help: 'most streams open under one sign-in or token; past it the oldest ends',
  },
  { name: 'readOnly', kind: 'boolean', value: 'yes', help: 'nobody types or changes anything' },
  {
    name: 'readOnlySessions',
    kind: 'list',
    value: 'patterns',
    help: 'sessions that nobody types in or changes, such as prod-*',
  },
  {
    name: 'unsafePlainHttp',
    kind: 'boolean',
    value: 'yes',
    help: 'listen beyond loopback without TLS: everybody on the way reads and types along',
  },
  { name: 'roles', kind: 'section', value: '', help: 'rights by role' },
  { name: 'groups', kind: 'section', value: '', help: 'roles of groups' },
  { name: 'oidc', kind: 'section', value: '', help: 'sign-in with an OpenID Connect provider' },
  { name: 'policy', kind: 'section', value: '', help: 'tmux commands by role' },
  { name: 'audit', kind: 'section', value: '', help: 'the audit log' },
  { name: 'files', kind: 'section', value: '', help: 'directories people may look into' },
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
