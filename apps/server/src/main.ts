import 'reflect-metadata';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import type { TmuxyConfig } from './config/config.js';
import { refuseUnsafe } from './config/lint/lint-config.js';
import { isHttps, isWildcard } from './config/listening.js';
import { PACKAGE_ROOT } from './config/package.js';
import { AppLogger } from './http/app-logger.js';
import { configureHttp } from './http/configure-http.js';
import { Refusals } from './http/refusals.js';
import { TrustedProxies } from './http/edge/trusted-proxies.js';
import { preflight } from './preflight.js';
import { refusePlainPeers } from './tls/plain-peers.js';
import { setUpTls } from './tls/tls-server.js';

/** A server that listens. Its owner ends it with `app.close()`. */
export interface RunningServer {
  readonly app: NestExpressApplication;
  /** The port it really has, also when 0 was asked for. */
  readonly port: number;
  /** Address of the web app, with base path and a slash at its end. */
  readonly url: string;
  /** Takes the certificate that lies in its files now; undefined without TLS. */
  readonly reloadTls: (() => void) | undefined;
}

/**
 * Starts the server.
 *
 * @param webRoot folder of the built web app
 * @throws ConfigError when the configuration is unsafe; nothing was started
 * @throws NodeJS.ErrnoException (`EADDRINUSE`, `EACCES`…) when it cannot listen; nothing is left running
 */
export async function startServer(
  config: TmuxyConfig,
  webRoot = join(PACKAGE_ROOT, 'dist', 'web'),
): Promise<RunningServer> {
  refuseUnsafe(preflight(config));
  const tls = setUpTls(config);
  const options = {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
    // Kept-alive connections of browsers would hold the shutdown up.
    forceCloseConnections: true,
    ...(tls === undefined ? {} : { httpsOptions: tls.options }),
  };
  const modules = AppModule.forRoot(config, webRoot);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class nobody makes
  const app = await NestFactory.create<NestExpressApplication>(modules, options);
  app.useLogger(app.get(AppLogger));
  configureHttp(app, config);
  const plainPeers = refusePlainPeers(config, app.get(TrustedProxies));
  if (plainPeers !== undefined) app.use(plainPeers);
  const reloader = tls?.attach(app.getHttpServer(), app.get(Refusals));
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  const port = portOf(app.getHttpServer());
  return {
    app,
    port,
    url: addressOf(config, port),
    reloadTls:
      reloader === undefined
        ? undefined
        : () => {
            reloader.reload();
          },
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/**
 * `http://127.0.0.1:9000/tmux/`: an address by which a program on this machine reaches the server. Where it
 * listens everywhere, that is loopback.
 */
export function addressOf(
  config: Pick<TmuxyConfig, 'host' | 'basePath' | 'tlsCert' | 'tlsKey'>,
  port: number,
): string {
  const scheme = isHttps(config) ? 'https' : 'http';
  const address = isWildcard(config.host) ? loopbackOf(config.host) : config.host;
  const host = address.includes(':') ? `[${address}]` : address;
  const path = config.basePath === '/' ? '/' : `${config.basePath}/`;
  return `${scheme}://${host}:${String(port)}${path}`;
}

/** A socket on `::` is there for IPv4 too, but not on every machine. */
function loopbackOf(wildcard: string): string {
  return wildcard.includes(':') ? '::1' : '127.0.0.1';
}
