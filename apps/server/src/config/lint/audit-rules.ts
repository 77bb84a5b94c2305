import { AUDIT_DEFAULTS } from '../audit-section.js';
import type { ConfigValues } from '../config.js';
import { type Finding, refused, warning } from './finding.js';

/** What makes the audit log say less, or be worth less, than people believe. */
export function auditRules({ audit }: Pick<ConfigValues, 'audit'>): readonly Finding[] {
  const { sync, input, anchors, keepDays = AUDIT_DEFAULTS.keepDays } = audit;
  const findings: Finding[] = [];
  if (audit.required === false) {
    findings.push(
      warning(
        'audit.required',
        'is off: while the audit log cannot be written, people work on and leave no record',
        'remove it; then what cannot be recorded is refused until the log can be written again',
      ),
    );
  }
  if (sync === 'never') {
    findings.push(
      warning(
        'audit.sync',
        'is never: what was recorded last is lost when the machine loses power',
        'set it to group, which costs a fraction of a millisecond for each command',
      ),
    );
  }
  if (input === 'full') {
    findings.push(
      warning(
        'audit.input',
        'is full: what people type is kept, and a password typed where nothing asks for one is kept with it',
        'set it to metadata, or tell everybody who works here',
      ),
    );
  }
  if (
    keepDays > 0 &&
    anchors?.file === undefined &&
    anchors?.https === undefined &&
    anchors?.journal !== true
  ) {
    findings.push(
      warning(
        'audit.keepDays',
        'deletes old records, and no checkpoint is sent elsewhere by which it could be seen that nothing else is missing',
        'set audit.anchors, or keep everything (keepDays: 0)',
      ),
    );
  }
  if (
    anchors?.https === undefined &&
    (anchors?.httpsCaFile ?? anchors?.httpsTokenFile) !== undefined
  ) {
    findings.push(
      refused(
        'audit.anchors.https',
        'is missing, though files for it are named: checkpoints would be sent nowhere',
        'give its address, or remove httpsCaFile and httpsTokenFile',
      ),
    );
  }
  return findings;
}
