import { Injectable } from '@nestjs/common';
import { TmuxyConfig } from '../../config/config.js';
import { localOwner } from '../local-owner.js';
import type { Grant } from '../rights.js';
import type { Authenticator } from './authenticator.js';

/** `auth: none`: whoever reaches us is the local owner. The configuration allows it on loopback only. */
@Injectable()
export class NoneAuthenticator implements Authenticator {
  readonly #isOn: boolean;

  constructor(config: TmuxyConfig) {
    this.#isOn = config.auth === 'none';
  }

  authenticate(): Grant | undefined {
    return this.#isOn ? { ...localOwner(), method: 'none', credentialId: 'none' } : undefined;
  }
}
