import { join } from 'node:path';
import { TmuxServer, type TmuxServerOptions } from '#testing';
import { OneTimeKeysService } from '../auth/one-time-keys.service.js';
import { cookieName } from '../auth/sign-in-cookie.js';
import { type NewSignIn, SignInsService } from '../auth/sign-ins.service.js';
import { loadConfig } from '../config/load-config.js';
import { startServer, type RunningServer } from '../main.js';
import { TestClient } from './test-client.js';

/** The real server beside a real tmux on a private socket. Both end with `stop`. */
export class ServerUnderTest {
  readonly tmux: TmuxServer;
  readonly running: RunningServer;

  private constructor(tmux: TmuxServer, running: RunningServer) {
    this.tmux = tmux;
    this.running = running;
  }

  static async start(
    flags: Readonly<Record<string, string>> = {},
    options: TmuxServerOptions = {},
  ): Promise<ServerUnderTest> {
    const tmux = await TmuxServer.start(options);
    const running = await ServerUnderTest.serve(tmux, flags);
    return new ServerUnderTest(tmux, running);
  }

  /** A server that runs already. */
  static of(tmux: TmuxServer, running: RunningServer): ServerUnderTest {
    return new ServerUnderTest(tmux, running);
  }

  /** Starts a server on an existing tmux, as after a restart. */
  static serve(
    tmux: TmuxServer,
    flags: Readonly<Record<string, string>> = {},
  ): Promise<RunningServer> {
    const config = loadConfig({
      env: {},
      homeDir: tmux.dir,
      isTerminal: false,
      flags: {
        port: '0',
        logLevel: 'silent',
        stateDir: join(tmux.dir, 'state'),
        socketPath: tmux.socketPath,
        ...flags,
      },
    });
    return startServer(config, join(tmux.dir, 'no-web'));
  }

  /** A client that signed in with a start-up key. */
  client(): Promise<TestClient> {
    const key = this.running.app.get(OneTimeKeysService).issueLinkKey();
    return TestClient.signIn(this.running.url, key);
  }

  /** A client of somebody with these rights; an operator by default. */
  async clientOf(who: Partial<NewSignIn> = {}): Promise<TestClient> {
    const { secret } = await this.running.app.get(SignInsService).create({
      name: 'ana',
      role: 'operator',
      readOnly: false,
      method: 'password',
      address: '127.0.0.1',
      userAgent: 'test',
      ...who,
    });
    const { port, url } = this.running;
    const { pathname, protocol } = new URL(url);
    const basePath = pathname === '/' ? '/' : pathname.replace(/\/$/, '');
    const place = { secure: protocol === 'https:', port, basePath };
    return new TestClient(url, `${cookieName(place)}=${secret}`);
  }

  async stop(): Promise<void> {
    await this.running.app.close();
    await this.tmux.stop();
  }
}
