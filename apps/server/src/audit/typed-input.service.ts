import { Injectable } from '@nestjs/common';
import type { AuditValue } from '#audit-log';
import { AUDIT_DEFAULTS } from '../config/audit-section.js';
import { TmuxyConfig } from '../config/config.js';
import { AuditTrail, type Intent } from './audit-trail.service.js';
import { asksForSecret } from './masking/asks-for-secret.js';
import type { Who } from './who.js';

/** Most of one input that is kept, in UTF-16 units; its number of bytes is always right. */
export const INPUT_TEXT_MAX = 2_048;

/** Something typed or pasted into a pane. */
export interface Input {
  readonly kind: 'keys' | 'paste';
  readonly session: string;
  readonly pane: `%${number}`;
  readonly bytes: number;
  readonly text: string;
  /** What the pane's last line shows; asked only where it matters. */
  readonly lastLine: () => string;
}

/** Records who types how much where, and with `audit.input: full` what. */
@Injectable()
export class TypedInput {
  readonly #trail: AuditTrail;
  readonly #isFull: boolean;

  constructor(trail: AuditTrail, { audit }: TmuxyConfig) {
    this.#trail = trail;
    this.#isFull = (audit.input ?? AUDIT_DEFAULTS.input) === 'full';
  }

  /**
   * Waits only until the record would survive the end of this server: a key must not wait for a disk, and what
   * ends the machine ends what was typed into as well. Only a failure has an outcome.
   *
   * @throws AuditUnavailableError when it cannot be recorded and that is required
   */
  async intent(who: Who, input: Input): Promise<Intent> {
    const { kind, session, pane, bytes } = input;
    const act = {
      action: kind === 'keys' ? 'input.keys' : 'input.paste',
      target: { session, pane },
      params: { bytes, ...(this.#isFull ? contentOf(input) : {}) },
    };
    return await this.#trail.intent(who, act, 'written');
  }
}

function contentOf({ text, lastLine }: Input): Readonly<Record<string, AuditValue>> {
  if (asksForSecret(lastLine())) return { masked: 'prompt' };
  const kept = text.slice(0, INPUT_TEXT_MAX);
  return { text: kept, ...(kept.length < text.length ? { cut: true } : {}) };
}
