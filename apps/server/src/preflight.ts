import type { TmuxyConfig } from './config/config.js';
import type { Finding } from './config/lint/finding.js';
import { byLevel, lintConfig } from './config/lint/lint-config.js';
import { readMachineFacts } from './config/lint/machine-facts.js';
import type { LoadedConfig } from './config/load-config.js';
import { tlsFindings } from './tls/tls-findings.js';

/**
 * Everything that is to be said about a configuration on this machine before a server starts with it: what
 * refuses the start first, then each relaxation.
 *
 * @param origin where the settings come from, for rules about that
 */
export function preflight(
  config: TmuxyConfig,
  origin: Partial<Pick<LoadedConfig, 'sources' | 'file'>> = {},
): readonly Finding[] {
  return byLevel([...lintConfig(config, readMachineFacts(config, origin)), ...tlsFindings(config)]);
}
