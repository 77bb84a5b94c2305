import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { CredentialEvents } from '../auth/credential-events.js';
import { TmuxyConfig } from '../config/config.js';
import { lintConfig } from '../config/lint/lint-config.js';
import { readMachineFacts } from '../config/lint/machine-facts.js';
import { SERVER_VERSION } from '../config/package.js';
import { AUDIT_LOG } from './audit-log.token.js';
import { AuditTrail } from './audit-trail.service.js';
import type { AuditLog } from './log/audit-log.js';
import { SERVER } from './who.js';

/** Records what nobody asks for: that the server starts and stops, what is relaxed, which credentials end. */
@Injectable()
export class ServerRecorder implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  readonly #trail: AuditTrail;
  readonly #log: AuditLog;
  readonly #credentials: CredentialEvents;
  readonly #config: TmuxyConfig;
  #stop: () => void = () => undefined;

  constructor(
    trail: AuditTrail,
    @Inject(AUDIT_LOG) log: AuditLog,
    credentials: CredentialEvents,
    config: TmuxyConfig,
  ) {
    this.#trail = trail;
    this.#log = log;
    this.#credentials = credentials;
    this.#config = config;
  }

  onModuleInit(): void {
    this.#stop = this.#credentials.onEnded(({ credentialId, reason }) => {
      this.#trail.note(SERVER, {
        action: 'credential.end',
        target: { credential: credentialId },
        reason,
      });
    });
  }

  onApplicationBootstrap(): void {
    const { host, port, basePath } = this.#config;
    this.#trail.note(SERVER, {
      action: 'server.start',
      params: { version: SERVER_VERSION, host, port, basePath, pid: process.pid },
    });
    for (const { key, message } of lintConfig(this.#config, readMachineFacts(this.#config))) {
      this.#trail.note(SERVER, { action: 'config.relaxed', target: { key }, reason: message });
    }
  }

  /** The last thing that is done: all who still had something to tell have told it. */
  async onApplicationShutdown(): Promise<void> {
    this.#stop();
    this.#trail.note(SERVER, { action: 'server.stop', params: { pid: process.pid } });
    await this.#trail.flush();
    await this.#log.close();
  }
}
