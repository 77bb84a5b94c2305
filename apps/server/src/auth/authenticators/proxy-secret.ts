import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ConfigError } from '../../config/config.errors.js';
import { TmuxyConfig } from '../../config/config.js';
import { errorCode } from '../../config/error-code.js';

/** Header in which the reverse proxy proves itself where other programs share its address. */
export const PROXY_SECRET_HEADER = 'x-tmuxy-proxy-secret';
const LENGTH_MIN = 16;

/** The secret of `proxySecretFile`, read once at start; without that setting the address alone proves. */
@Injectable()
export class ProxySecret {
  readonly #digest: Buffer | undefined;

  /** @throws ConfigError when the file cannot be read or holds too little */
  constructor({ proxySecretFile }: TmuxyConfig) {
    if (proxySecretFile !== undefined) this.#digest = digestOf(readSecret(proxySecretFile));
  }

  /** Whether the request carries it, or none is asked for; takes the same time for every wrong one. */
  isProvedBy(request: Pick<Request, 'headers'>): boolean {
    if (this.#digest === undefined) return true;
    const given = request.headers[PROXY_SECRET_HEADER];
    return typeof given === 'string' && timingSafeEqual(digestOf(given), this.#digest);
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function readSecret(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError([
      `proxySecretFile: ${file} cannot be read (${errorCode(error) ?? 'unknown'})`,
    ]);
  }
  const secret = text.split('\n', 1)[0]?.trim() ?? '';
  if (secret.length >= LENGTH_MIN) return secret;
  throw new ConfigError([
    `proxySecretFile: the first line of ${file} is shorter than ${String(LENGTH_MIN)} characters; ` +
      `make one: head -c 32 /dev/urandom | base64 > ${file}`,
  ]);
}
