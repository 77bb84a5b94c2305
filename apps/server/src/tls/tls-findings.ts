import type { TmuxyConfig } from '../config/config.js';
import { type Finding, refused, warning } from '../config/lint/finding.js';
import { daysLeft, readKeyPair } from './key-pair.js';
import { KeyPairError } from './tls.errors.js';
import { keyPairFiles } from './tls-server.js';

/** What is to be said about the certificate and its key before a server starts with them. */
export function tlsFindings(config: TmuxyConfig, now = new Date()): readonly Finding[] {
  const files = keyPairFiles(config);
  if (files === undefined) return [];
  try {
    const days = daysLeft(readKeyPair(files, now), now);
    return days === undefined
      ? []
      : [
          warning(
            'tlsCert',
            `the certificate in ${files.tlsCert} ends in ${String(days)} days`,
            'renew it; a running server takes the new one without being restarted',
          ),
        ];
  } catch (error) {
    if (error instanceof KeyPairError) return [refused(error.key, error.message, error.fix)];
    throw error;
  }
}
