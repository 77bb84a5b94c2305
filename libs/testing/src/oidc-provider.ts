import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What an {@link OidcProvider} knows. */
export interface OidcProviderSetUp {
  readonly clientId: string;
  /** Absent: a public client. */
  readonly clientSecret?: string;
  /** The only way the secret is taken; Basic when absent. */
  readonly clientAuthentication?: 'client_secret_basic' | 'client_secret_post';
  /** Addresses without port, such as `http://127.0.0.1/callback`: any port will do. */
  readonly redirectUris: readonly string[];
  /** Account → its claims. */
  readonly accounts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Where the claims are: in the ID token when absent. */
  readonly claimsIn?: 'id-token' | 'userinfo';
  /** 0, or absent: a free one. */
  readonly port?: number;
}

/** A real OpenID Connect provider (`oidc-provider`) in a process of its own. It ends with the test process. */
export class OidcProvider {
  /** `http://localhost:<port>`: another site than 127.0.0.1. */
  readonly issuer: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, issuer: string) {
    this.#child = child;
    this.issuer = issuer;
  }

  static async start(setUp: OidcProviderSetUp): Promise<OidcProvider> {
    const script = join(import.meta.dirname, 'oidc-provider-process.ts');
    // Its standard error is left out: it warns of keys that are for development only.
    const child = spawn(process.execPath, [script, JSON.stringify(setUp)], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const issuer = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /^http:\S+$/m.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      });
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      child.once('error', reject);
      child.once('exit', () => {
        reject(new Error(`the provider ended early:\n${said}`));
      });
    });
    return new OidcProvider(child, issuer);
  }

  get port(): number {
    return Number(new URL(this.issuer).port);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }
}
