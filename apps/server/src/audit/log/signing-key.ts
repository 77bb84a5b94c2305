import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { formatVerifierKey, isKeyName, type VerifierKey } from '#audit-log';
import { createId } from '../../auth/secrets.js';
import { errorCode } from '../../config/error-code.js';
import { NODE_PRIMITIVES, rawPublicKey } from './node-primitives.js';

/** The key that signs checkpoints cannot be used. `message` says what to do. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
}

/** What signs checkpoints. */
export interface Signer {
  readonly key: VerifierKey;
  /** C2SP verifier key. */
  readonly publicKey: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** The name of a machine's log, which is that of its key. */
export function originOf(host: string): string {
  const name = `tmuxy/${host}`.replaceAll(/[\s+\p{Cc}]/gu, '-');
  return isKeyName(name) ? name : 'tmuxy/unnamed';
}

/**
 * Reads the key, and makes it where there is none.
 *
 * @throws SigningKeyError
 */
export function openSigningKey(file: string, origin: string): Signer {
  makeUnlessThere(file);
  return readSigningKey(file, origin);
}

/** @throws SigningKeyError, also where there is none */
export function readSigningKey(file: string, origin: string): Signer {
  const privateKey = readPrivateKey(file);
  const key = { name: origin, publicKey: rawPublicKey(privateKey) };
  return {
    key,
    publicKey: formatVerifierKey(NODE_PRIMITIVES, key),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

function readPrivateKey(file: string): KeyObject {
  let key: KeyObject;
  try {
    const { mode } = statSync(file);
    if ((mode & 0o077) !== 0) {
      throw new SigningKeyError(
        `Others may read ${file}, which signs the audit log: whoever has it can forge the log. Take their permission (chmod 600 ${file}), and if somebody may have read it, move it away so that a new one is made.`,
      );
    }
    key = createPrivateKey(readFileSync(file));
  } catch (error) {
    if (error instanceof SigningKeyError) throw error;
    throw new SigningKeyError(
      `${file}, which signs the audit log, cannot be read (${errorCode(error) ?? 'unknown'}). It must be an Ed25519 private key in PEM.`,
      { cause: error },
    );
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new SigningKeyError(`${file} must be an Ed25519 private key in PEM; it is another kind.`);
}

/** Two processes that start at once end up with one key: a name that is taken is never replaced. */
function makeUnlessThere(file: string): void {
  try {
    statSync(file);
    return;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') return; // Reading it says what is wrong.
  }
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  const temporary = `${file}.${createId()}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, pem, { mode: 0o600, flag: 'wx', flush: true });
    linkSync(temporary, file);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return;
    throw new SigningKeyError(
      `${file}, which signs the audit log, could not be made (${errorCode(error) ?? 'unknown'}). Set audit.signingKeyFile to a place this user may write to.`,
      { cause: error },
    );
  } finally {
    rmSync(temporary, { force: true });
  }
}
