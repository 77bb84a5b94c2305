import { statSync } from 'node:fs';
import type { Server as HttpsServer } from 'node:https';
import { Logger } from '@nestjs/common';
import { daysLeft, type KeyPair, type KeyPairFiles, readKeyPair } from './key-pair.js';
import { KeyPairError } from './tls.errors.js';
import { profileOptions } from './tls-options.js';

const POLL_MS = 1_000;
const DAY_MS = 86_400_000;

/**
 * Gives a running server the certificate that lies in its files now. Connections that are open keep the one
 * they began with and go on; a pair that cannot be used is logged and the one before stays.
 *
 * The files are asked for and not watched: certificates come by renames, links and mounts, which
 * notifications miss.
 */
export class TlsReloader {
  readonly #server: HttpsServer;
  readonly #files: KeyPairFiles;
  readonly #log = new Logger('Tls');
  readonly #timer: NodeJS.Timeout;
  #current: KeyPair;
  /** What the files looked like when they were last read, and at the last look. */
  #read: string;
  #seen: string;
  #warnedAt: number;

  /** @param current what `server` was made with */
  constructor(server: HttpsServer, files: KeyPairFiles, current: KeyPair) {
    this.#server = server;
    this.#files = files;
    this.#current = current;
    this.#read = this.#seen = this.#look();
    // The start itself warned.
    this.#warnedAt = Date.now();
    this.#timer = setInterval(() => {
      this.#poll();
    }, POLL_MS).unref();
    server.once('close', () => {
      clearInterval(this.#timer);
    });
  }

  /** Reads the files at once, changed or not. */
  reload(): void {
    this.#read = this.#seen = this.#look();
    let pair: KeyPair;
    try {
      pair = readKeyPair(this.#files);
    } catch (error) {
      if (!(error instanceof KeyPairError)) throw error;
      this.#log.error(
        `The certificate was not reloaded, the one before stays: ${error.message}; ${error.fix}`,
      );
      return;
    }
    this.#server.setSecureContext({
      ...profileOptions(this.#files.tlsProfile),
      cert: pair.cert,
      key: pair.key,
    });
    this.#current = pair;
    this.#log.log(
      `The certificate was reloaded; valid to ${pair.validTo.toISOString()}, SHA-256 ${pair.fingerprint}`,
    );
    this.#warnOfEnd();
  }

  #poll(): void {
    const now = this.#look();
    // Two looks alike: certificate and key are written one after the other, and not at once.
    const isSettled = now === this.#seen;
    this.#seen = now;
    if (isSettled && now !== this.#read) this.reload();
    if (Date.now() - this.#warnedAt >= DAY_MS) this.#warnOfEnd();
  }

  #warnOfEnd(): void {
    this.#warnedAt = Date.now();
    const days = daysLeft(this.#current);
    if (days !== undefined) {
      this.#log.warn(`The certificate ends in ${String(days)} days; renew ${this.#files.tlsCert}.`);
    }
  }

  #look(): string {
    return [this.#files.tlsCert, this.#files.tlsKey].map(lookOf).join(' ');
  }
}

/** Differs when the file was replaced or written. */
function lookOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat === undefined
    ? 'none'
    : [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(':');
}
