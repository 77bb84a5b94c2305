import { homedir } from 'node:os';
import type { Command } from 'commander';
import type { TmuxyConfig } from '../config/config.js';
import { flagOf } from '../config/config.keys.js';
import { TEXT_KEYS } from '../config/config.sources.js';
import { environment } from '../config/environment.js';
import { type ConfigInput, loadConfig } from '../config/load-config.js';

/** What commander parsed. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** Gives `command` a flag for every key of the configuration, and `--config`. */
export function addConfigFlags(command: Command): Command {
  addConfigFile(command);
  for (const key of TEXT_KEYS) {
    if (key.kind === 'boolean') {
      // Both forms, so that a flag can also take back what the file says.
      command
        .option(flagOf(key), key.help)
        .option(flagOf(key).replace('--', '--no-'), `the opposite of ${flagOf(key)}`);
    } else {
      command.option(`${flagOf(key)} <${key.value}>`, key.help);
    }
  }
  return command;
}

/** `--config` and `--state-dir`, for commands that work on what a server keeps. */
export function addStateFlags(command: Command): Command {
  return addConfigFile(command).option('--state-dir <dir>', 'where the server keeps its state');
}

function addConfigFile(command: Command): Command {
  return command.option('--config <file>', 'configuration file (tmuxy.yaml)');
}

/** Where the configuration of this run of the program comes from. */
export function configInput({ config: file, ...flags }: Flags): ConfigInput {
  return {
    flags,
    file: typeof file === 'string' ? file : undefined,
    env: environment(),
    homeDir: homedir(),
    isTerminal: process.stderr.isTTY,
  };
}

/**
 * The configuration by these flags, `TMUXY_*` and the file. Flags that are no keys are left out.
 * @throws ConfigError
 */
export function loadFromFlags(flags: Flags): TmuxyConfig {
  return loadConfig(configInput(flags));
}
