import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { TmuxyConfig } from '../config/config.js';
import type { Identity } from './identity.js';
import { readPrivateFile, writePrivateFile } from './private-file.js';
import { createId, createSecret, digestOf, isSecret } from './secrets.js';
import { formatRecords, parseRecords, SignInRecord } from './sign-in-record.js';

/** How long a browser stays signed in. */
export const SIGN_IN_LIFETIME_MS = 30 * 24 * 3_600_000;
/** Most sign-ins; past it the oldest ends. */
export const SIGN_INS_MAX = 256;
/** How often streams of sign-ins that ran out are looked for. */
const SWEEP_MS = 60_000;

export interface CreatedSignIn {
  readonly identity: Identity;
  /** The cookie's value; only its digest is kept. */
  readonly secret: string;
}

/** Browsers that are signed in, kept in `<stateDir>/sign-ins.json` (docs/adr/0003-sign-in-file.md). */
@Injectable()
export class SignInsService implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger(SignInsService.name);
  readonly #file: string;
  readonly #endedListeners = new Set<(signInId: string) => void>();
  /** By digest, oldest first. */
  #records = new Map<string, SignInRecord>();
  #sweep: NodeJS.Timeout | undefined;

  constructor(config: TmuxyConfig) {
    this.#file = join(config.stateDir, 'sign-ins.json');
  }

  /** @throws Error when the state directory cannot be read */
  onModuleInit(): void {
    this.#records = this.#read();
    this.#sweep = setInterval(() => {
      this.#endOld();
    }, SWEEP_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#sweep);
  }

  /** Signs somebody in; on the disk before it returns. */
  create(who: Omit<Identity, 'signInId'>): CreatedSignIn {
    const secret = createSecret();
    const record = new SignInRecord({
      ...who,
      id: createId(),
      digest: digestOf(secret),
      createdAt: Date.now(),
    });
    this.#change((records) => records.set(record.digest, record));
    return { identity: toIdentity(record), secret };
  }

  /** @returns who the cookie belongs to, undefined when it is unknown, ended or too old */
  resolve(cookieValue: string): Identity | undefined {
    if (!isSecret(cookieValue)) return undefined;
    const record = this.#records.get(digestOf(cookieValue));
    return record && !isOld(record) ? toIdentity(record) : undefined;
  }

  /** Ends a sign-in; its listeners have been told when this returns. */
  remove(id: string): void {
    this.#change((records) => {
      for (const record of records.values()) if (record.id === id) records.delete(record.digest);
    });
  }

  /**
   * Calls `listener` with each sign-in that ends: by sign-out, by age or to make room.
   *
   * @returns a function that stops it
   */
  onEnded(listener: (signInId: string) => void): () => void {
    this.#endedListeners.add(listener);
    return () => this.#endedListeners.delete(listener);
  }

  #endOld(): void {
    if ([...this.#records.values()].some(isOld)) this.#change(() => undefined);
  }

  /** Another server may share the file, so it is read again before each change. */
  #change(change: (records: Map<string, SignInRecord>) => void): void {
    const before = this.#records;
    const records = this.#read();
    change(records);
    for (const record of records.values()) {
      if (isOld(record) || records.size > SIGN_INS_MAX) records.delete(record.digest);
    }
    writePrivateFile(this.#file, formatRecords(records.values()));
    this.#records = records;
    for (const record of before.values())
      if (!records.has(record.digest)) this.#tellEnded(record.id);
  }

  #tellEnded(id: string): void {
    for (const listener of this.#endedListeners) listener(id);
  }

  #read(): Map<string, SignInRecord> {
    const text = readPrivateFile(this.#file);
    if (text === undefined) return new Map();
    const records = parseRecords(text);
    if (!records) {
      // Kept for whoever wants to look; everybody signs in again.
      renameSync(this.#file, `${this.#file}.damaged`);
      this.#logger.error(
        `${this.#file} is damaged and was set aside; everybody has to sign in again`,
      );
      return new Map();
    }
    return new Map(records.map((record) => [record.digest, record]));
  }
}

function isOld(record: SignInRecord): boolean {
  return Date.now() - record.createdAt > SIGN_IN_LIFETIME_MS;
}

function toIdentity(record: SignInRecord): Identity {
  return { name: record.name, role: record.role, readOnly: record.readOnly, signInId: record.id };
}
