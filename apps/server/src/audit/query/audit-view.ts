import type { AuditStatusView } from '#dto';
import { AUDIT_DEFAULTS } from '../../config/audit-section.js';
import type { TmuxyConfig } from '../../config/config.js';
import type { AuditLogStatus } from '../log/audit-log.js';

/** How the log is doing, as clients are told. */
export function statusViewOf(
  { state, reason, size, checkpoint, publicKey }: AuditLogStatus,
  { audit }: Pick<TmuxyConfig, 'audit'>,
): AuditStatusView {
  const required = audit.required ?? AUDIT_DEFAULTS.required;
  return { required, state, reason, size, checkpoint, publicKey };
}
