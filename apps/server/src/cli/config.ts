import type { Command } from 'commander';
import { CONFIG_KEYS } from '../config/config.keys.js';
import { type Finding, formatFinding } from '../config/lint/finding.js';
import { type LoadedConfig, loadConfigWithSources } from '../config/load-config.js';
import { preflight } from '../preflight.js';
import { addConfigFlags, configInput, type Flags } from './config-flags.js';

/** `tmuxy config check` and `tmuxy config show` */
export function addConfigCommands(program: Command): void {
  const config = program.command('config').description('look at the configuration');
  addConfigFlags(
    config
      .command('check')
      .description('say what is unsafe or relaxed; fails when the server would not start'),
  )
    .option('--json', 'findings as JSON')
    .action((flags: Flags) => {
      const loaded = loadConfigWithSources(configInput(flags));
      const findings = preflight(loaded.config, loaded);
      process.stdout.write(flags['json'] === true ? json(findings) : checkText(findings));
      if (findings.some(({ level }) => level === 'refused')) process.exitCode = 1;
    });
  addConfigFlags(
    config.command('show').description('print every setting in force and where it is from'),
  )
    .option('--json', 'settings as JSON')
    .action((flags: Flags) => {
      const settings = settingsOf(loadConfigWithSources(configInput(flags)));
      process.stdout.write(flags['json'] === true ? json(settings) : showText(settings));
    });
}

/** One setting in force. */
export interface Setting {
  readonly key: string;
  /** Secrets are hidden in it; null when it is not set. */
  readonly value: unknown;
  /** `flag`, `environment`, `file`, `default`… */
  readonly source: string;
}

/** Every setting in force, in the order of the documentation. */
export function settingsOf({ config, sources }: LoadedConfig): readonly Setting[] {
  return CONFIG_KEYS.map(({ name }) => ({
    key: name,
    value: name === 'databaseUrl' ? hidePassword(config.databaseUrl) : (config[name] ?? null),
    source: sources[name] ?? 'default',
  }));
}

/** A database's address without its password, wherever the address has it. */
export function hidePassword(url: string | undefined): string | null {
  if (url === undefined) return null;
  return url
    .replace(/^([a-z]+:\/\/[^/?#:]*):[^/?#]*@/i, '$1:[hidden]@')
    .replace(/([?&](?:password|sslpassword)=)[^&#]*/gi, '$1[hidden]');
}

function checkText(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing is refused and nothing is relaxed.\n';
  return findings.map((finding) => `${finding.level}: ${formatFinding(finding)}\n`).join('');
}

function showText(settings: readonly Setting[]): string {
  return settings
    .map(({ key, value, source }) => `${key}: ${JSON.stringify(value)}  # ${source}\n`)
    .join('');
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
