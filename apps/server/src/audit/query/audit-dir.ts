import { join } from 'node:path';
import type { TmuxyConfig } from '../../config/config.js';

/** The directory of the log that this configuration writes. */
export function auditDirOf({ audit, stateDir }: Pick<TmuxyConfig, 'audit' | 'stateDir'>): string {
  return audit.dir ?? join(stateDir, 'audit');
}
