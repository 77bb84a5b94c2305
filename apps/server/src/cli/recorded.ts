import { userInfo } from 'node:os';
import { AuditTrail, type Act } from '../audit/audit-trail.service.js';
import { openConfiguredLog } from '../audit/open-configured-log.js';
import type { Who } from '../audit/who.js';
import type { TmuxyConfig } from '../config/config.js';

/**
 * Does something that changes who may do what, with a record of it in the same log as the server's: the
 * intent before, the outcome after.
 *
 * @throws AuditUnavailableError when it cannot be recorded and `audit.required` is set; nothing was done then
 */
export async function recorded<T>(
  config: TmuxyConfig,
  act: Act,
  work: () => Promise<T>,
): Promise<T> {
  const log = await openConfiguredLog(config);
  const trail = new AuditTrail(log, config);
  try {
    return await trail.around(whoTypes(), act, work);
  } finally {
    await trail.flush();
    await log.close();
  }
}

/** Whoever is logged in at this machine; the system says who that is. */
function whoTypes(): Who {
  const { username } = userInfo();
  return {
    actor: { name: username, role: null, credential: 'cli', method: null, address: null },
  };
}
