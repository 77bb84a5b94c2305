import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { TlsProfile } from '../config/config.js';
import { errorCode } from '../config/error-code.js';
import { KeyPairError } from './tls.errors.js';
import { profileOptions } from './tls-options.js';

const DAY_MS = 86_400_000;
/** From how many days before its end a certificate is warned of. */
export const EXPIRY_WARNING_DAYS = 14;

/** Where the certificate and its key are. */
export interface KeyPairFiles {
  /** PEM, the server's own certificate first, then those that lead to the authority. */
  readonly tlsCert: string;
  /** PEM, without a passphrase. */
  readonly tlsKey: string;
  readonly tlsProfile: TlsProfile;
}

/** A certificate and the key that fits it, as read. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
  readonly validTo: Date;
  /** SHA-256 of the certificate, upper-case hex with colons, as browsers show it. */
  readonly fingerprint: string;
}

/**
 * Reads the pair and checks that a server could be run with it now.
 *
 * @throws KeyPairError that names the file and what to do; never with what is in the files
 */
export function readKeyPair(files: KeyPairFiles, now = new Date()): KeyPair {
  const cert = readText('tlsCert', files.tlsCert);
  const key = readText('tlsKey', files.tlsKey);
  const certificate = parseCertificate(cert, files.tlsCert);
  if (!certificate.checkPrivateKey(parseKey(key, files.tlsKey))) {
    throw new KeyPairError(
      'tlsKey',
      `${files.tlsKey} is not the key of the certificate in ${files.tlsCert}`,
      `give the key that the certificate was made for; the server's certificate comes first in ${files.tlsCert}`,
    );
  }
  checkValidity(certificate, files.tlsCert, now);
  checkUsable({ cert, key }, files);
  return {
    cert,
    key,
    validTo: certificate.validToDate,
    fingerprint: certificate.fingerprint256,
  };
}

/** Whole days until the certificate ends, undefined when that is not near. */
export function daysLeft(
  { validTo }: Pick<KeyPair, 'validTo'>,
  now = new Date(),
): number | undefined {
  const days = Math.floor((validTo.getTime() - now.getTime()) / DAY_MS);
  return days < EXPIRY_WARNING_DAYS ? days : undefined;
}

function readText(key: 'tlsCert' | 'tlsKey', file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = errorCode(error) ?? 'unknown';
    throw new KeyPairError(
      key,
      `${file} cannot be read (${code})`,
      'check the path, and that the user who runs tmuxy may read it',
    );
  }
}

function parseCertificate(pem: string, file: string): X509Certificate {
  try {
    if (pem.includes('-----BEGIN ')) return new X509Certificate(pem);
  } catch {
    // Falls through: whatever OpenSSL says about it, it is no certificate.
  }
  throw new KeyPairError(
    'tlsCert',
    `${file} is not a certificate in PEM form`,
    'give a file that begins with -----BEGIN CERTIFICATE-----; "openssl x509 -inform der" turns others into one',
  );
}

function parseKey(pem: string, file: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // OpenSSL's words could quote the file.
    const isEncrypted = /-----BEGIN ENCRYPTED |^Proc-Type: 4,ENCRYPTED/m.test(pem);
    throw new KeyPairError(
      'tlsKey',
      isEncrypted ? `${file} has a passphrase` : `${file} is not a private key in PEM form`,
      isEncrypted
        ? 'take it off with "openssl pkey -in FILE -out FILE.open" and keep the result readable for its user only'
        : 'give a file that begins with -----BEGIN PRIVATE KEY-----',
    );
  }
}

function checkValidity(certificate: X509Certificate, file: string, now: Date): void {
  if (now < certificate.validFromDate) {
    throw new KeyPairError(
      'tlsCert',
      `the certificate in ${file} is not valid before ${certificate.validFromDate.toISOString()}`,
      "check the machine's clock, or wait, or give another certificate",
    );
  }
  if (now > certificate.validToDate) {
    throw new KeyPairError(
      'tlsCert',
      `the certificate in ${file} ended at ${certificate.validToDate.toISOString()}`,
      'renew it; "tmuxy tls self-signed" makes one for a private network',
    );
  }
}

/** Asks OpenSSL itself: it refuses keys and signatures that are too weak. */
function checkUsable(pair: Pick<KeyPair, 'cert' | 'key'>, files: KeyPairFiles): void {
  try {
    createSecureContext({ ...profileOptions(files.tlsProfile), ...pair });
  } catch (error) {
    throw new KeyPairError(
      'tlsCert',
      `the certificate in ${files.tlsCert} cannot be used (${errorCode(error) ?? 'refused by OpenSSL'})`,
      'give one with an EC key or an RSA key of at least 2048 bits, signed with SHA-256 or better',
    );
  }
}
