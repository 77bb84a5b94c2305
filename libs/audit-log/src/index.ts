export type {
  AuditActor,
  AuditDecision,
  AuditEntry,
  AuditOutcome,
  AuditRecord,
  AuditValue,
} from './record.js';
