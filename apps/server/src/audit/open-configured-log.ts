import type { TmuxyConfig } from '../config/config.js';
import { SERVER_VERSION } from '../config/package.js';
import type { AuditLog } from './log/audit-log.js';
import { auditLogOptions, openAuditLog } from './log/open-audit-log.js';

/** Opens the log that the configuration names. @throws as {@link openAuditLog} */
export function openConfiguredLog({
  audit,
  stateDir,
}: Pick<TmuxyConfig, 'audit' | 'stateDir'>): Promise<AuditLog> {
  return openAuditLog(auditLogOptions(audit, stateDir, SERVER_VERSION));
}
