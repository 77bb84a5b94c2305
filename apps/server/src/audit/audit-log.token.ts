/** Provides the {@link AuditLog} that the server writes to. */
export const AUDIT_LOG = Symbol('AuditLog');
