// The library's container of algorithms needs it, before it is loaded.
import 'reflect-metadata';
import { KeyObject, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
/** Clocks of other machines may be late. */
const CLOCK_SKEW_MS = 3_600_000;
/** Longest that Apple's systems believe a server's certificate, whoever signed it. */
export const SELF_SIGNED_MAX_DAYS = 825;

/** A new certificate and its key, in PEM. */
export interface SelfSigned {
  readonly cert: string;
  readonly key: string;
}

/**
 * Makes a certificate that vouches for itself: P-256, for servers only, no authority over others.
 *
 * @param hosts names and addresses it is for; at least one
 * @param days how long it is valid, 1 to {@link SELF_SIGNED_MAX_DAYS}
 */
export async function createSelfSigned(
  hosts: readonly string[],
  days: number,
  now = new Date(),
): Promise<SelfSigned> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    // Positive, and never twice: browsers keep serial numbers of certificates they saw.
    serialNumber: `4${randomBytes(16).toString('hex').slice(1)}`,
    name: [{ CN: [hosts[0] ?? 'tmuxy'] }, { O: ['tmuxy self-signed'] }],
    notBefore: new Date(now.getTime() - CLOCK_SKEW_MS),
    notAfter: new Date(now.getTime() + days * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        hosts.map((host) => ({
          type: isIP(host) === 0 ? ('dns' as const) : ('ip' as const),
          value: host,
        })),
      ),
    ],
  });
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
  return { cert: `${certificate.toString('pem')}\n`, key: String(key) };
}
