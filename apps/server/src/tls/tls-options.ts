import { constants } from 'node:crypto';
import type { SecureVersion } from 'node:tls';
import type { TlsProfile } from '../config/config.js';

/**
 * TLS 1.2 suites of Mozilla's `intermediate` profile: forward secrecy and AEAD only, no RSA key exchange.
 * Its DHE suites are left out, as they would need parameters of our own and no browser wants them.
 */
const INTERMEDIATE_CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
] as const;

const TLS13_CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
] as const;

/** What a secure context is made with, beside certificate and key. */
export interface ProfileOptions {
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion;
  /** OpenSSL's names, separated by colons. */
  readonly ciphers: string;
  readonly honorCipherOrder: boolean;
  readonly secureOptions: number;
}

/**
 * What Mozilla's server-side TLS guidelines (version 5.7) say for a profile. The client chooses among the
 * ciphers, because it knows whether its processor is fast with AES.
 */
export function profileOptions(profile: TlsProfile): ProfileOptions {
  const isModern = profile === 'modern';
  return {
    minVersion: isModern ? 'TLSv1.3' : 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    ciphers: [...TLS13_CIPHERS, ...(isModern ? [] : INTERMEDIATE_CIPHERS)].join(':'),
    honorCipherOrder: false,
    // A client could make us work by it, and nothing needs it.
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  };
}
