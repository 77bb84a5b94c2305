import type { Provider } from '@nestjs/common';
import { TmuxyConfig } from '../../config/config.js';
import { auditDirOf } from './audit-dir.js';
import { AuditExports } from './audit-exports.service.js';
import { AuditFeeds } from './audit-feeds.service.js';
import { AuditQueries } from './audit-queries.service.js';
import { AuditReader } from './audit-reader.js';

/** What `AuditController` needs beside `AUDIT_LOG`, `AuditTrail` and `CredentialEvents`. */
export const AUDIT_QUERY_PROVIDERS: readonly Provider[] = [
  {
    provide: AuditReader,
    useFactory: (config: TmuxyConfig) => new AuditReader(auditDirOf(config)),
    inject: [TmuxyConfig],
  },
  AuditQueries,
  AuditFeeds,
  AuditExports,
];
