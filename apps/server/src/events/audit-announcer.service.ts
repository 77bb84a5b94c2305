import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { AUDIT_LOG } from '../audit/audit-log.token.js';
import type { AuditLog } from '../audit/log/audit-log.js';
import { AUDIT_DEFAULTS } from '../config/audit-section.js';
import { TmuxyConfig } from '../config/config.js';
import { SessionStreams } from './session-streams.service.js';

/** Tells everybody who watches when nothing can be recorded, and when it can again: they see why nothing works. */
@Injectable()
export class AuditAnnouncer implements OnModuleInit, OnModuleDestroy {
  readonly #log: AuditLog;
  readonly #streams: SessionStreams;
  readonly #isRequired: boolean;
  #stop: () => void = () => undefined;

  constructor(@Inject(AUDIT_LOG) log: AuditLog, streams: SessionStreams, { audit }: TmuxyConfig) {
    this.#log = log;
    this.#streams = streams;
    this.#isRequired = audit.required ?? AUDIT_DEFAULTS.required;
  }

  onModuleInit(): void {
    // What goes on all the same is for the server's log, not for everybody.
    if (!this.#isRequired) return;
    this.#stop = this.#log.onStateChange(({ state, reason }) => {
      this.#streams.announce(
        state === 'recording'
          ? {
              level: 'info',
              code: 'audit-recording',
              message: 'The audit log records again: you can go on.',
            }
          : {
              level: 'error',
              code: 'audit-failing',
              message: `Nothing can be done here for now, because the audit log cannot be written: ${reason ?? 'unknown'}. You see on what happens.`,
            },
      );
    });
  }

  onModuleDestroy(): void {
    this.#stop();
  }
}
