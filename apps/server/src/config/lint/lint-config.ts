import { ConfigError } from '../config.errors.js';
import type { ConfigValues } from '../config.js';
import { auditRules } from './audit-rules.js';
import { filesRules } from './files-rules.js';
import { type Finding, formatFinding } from './finding.js';
import type { MachineFacts } from './machine-facts.js';
import { networkRules } from './network-rules.js';
import { policyRules } from './policy-rules.js';
import { proxyRules } from './proxy-rules.js';
import { secretRules } from './secret-rules.js';
import { signInRules } from './sign-in-rules.js';

/**
 * Everything about a valid configuration that is unsafe, relaxed, or does not do what it seems to. Pure: the
 * machine is given as facts. What is refused comes first.
 */
export function lintConfig(config: ConfigValues, facts: MachineFacts): readonly Finding[] {
  return byLevel([
    ...secretRules(config, facts),
    ...networkRules(config),
    ...proxyRules(config),
    ...signInRules(config),
    ...policyRules(config),
    ...filesRules(config, facts),
    ...auditRules(config),
  ]);
}

/** Refused ones first, otherwise in their order. */
export function byLevel(findings: readonly Finding[]): readonly Finding[] {
  return [
    ...findings.filter(({ level }) => level === 'refused'),
    ...findings.filter(({ level }) => level === 'warning'),
  ];
}

/** @throws ConfigError with every finding that refuses a start */
export function refuseUnsafe(findings: readonly Finding[]): void {
  const problems = findings.filter(({ level }) => level === 'refused').map(formatFinding);
  if (problems.length > 0) throw new ConfigError(problems);
}
