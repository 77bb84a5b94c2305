import type { Command } from 'commander';
import { addAuditExport } from './audit-export.js';
import { addAuditKey } from './audit-key.js';
import { addAuditProve } from './audit-prove.js';
import { addAuditTail } from './audit-tail.js';
import { addAuditVerify } from './audit-verify.js';

/** `tmuxy audit …`: reads and checks the audit log, whether a server runs or not. */
export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('read and check the audit log');
  addAuditTail(audit);
  addAuditExport(audit);
  addAuditVerify(audit);
  addAuditProve(audit);
  addAuditKey(audit);
}
