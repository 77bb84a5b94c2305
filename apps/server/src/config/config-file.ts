import type { TmuxyConfig } from './config.js';

const files = new WeakMap<TmuxyConfig, string>();

/** The file that a configuration was read from; undefined when there was none. */
export function configFileOf(config: TmuxyConfig): string | undefined {
  return files.get(config);
}

/** Remembers the answer for {@link configFileOf}; called by `loadConfig` only. */
export function setConfigFile(config: TmuxyConfig, file: string): void {
  files.set(config, file);
}
