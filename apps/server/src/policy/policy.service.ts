import { Injectable } from '@nestjs/common';
import type { CommandPolicy } from '#tmux-protocol';
import type { Role } from '#dto';
import { TmuxyConfig } from '../config/config.js';
import { policiesOf } from './role-policies.js';

/** The command policy of each role: what is built in and what the configuration adds. */
@Injectable()
export class PolicyService {
  readonly #policies: Readonly<Record<Role, CommandPolicy>>;

  /** @throws ConfigError for a rule that names what there is not */
  constructor(config: TmuxyConfig) {
    this.#policies = policiesOf(config.policy);
  }

  policyOf(role: Role): CommandPolicy {
    return this.#policies[role];
  }
}
