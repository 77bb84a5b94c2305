import 'reflect-metadata';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import type { TmuxyConfig } from './config/config.js';
import { PACKAGE_ROOT } from './config/package.js';
import { AppLogger } from './http/app-logger.js';
import { configureHttp } from './http/configure-http.js';

/** A server that listens. Its owner ends it with `app.close()`. */
export interface RunningServer {
  readonly app: NestExpressApplication;
  /** The port it really has, also when 0 was asked for. */
  readonly port: number;
  /** Address of the web app, with base path and a slash at its end. */
  readonly url: string;
}

/**
 * Starts the server.
 *
 * @param webRoot folder of the built web app
 * @throws NodeJS.ErrnoException (`EADDRINUSE`, `EACCES`…) when it cannot listen; nothing is left running
 */
export async function startServer(
  config: TmuxyConfig,
  webRoot = join(PACKAGE_ROOT, 'dist', 'web'),
): Promise<RunningServer> {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class nobody makes
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config, webRoot), {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
    // Kept-alive connections of browsers would hold the shutdown up.
    forceCloseConnections: true,
  });
  app.useLogger(app.get(AppLogger));
  configureHttp(app, config);
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  const port = portOf(app.getHttpServer());
  return { app, port, url: addressOf(config, port) };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** `http://127.0.0.1:9000/tmux/` */
export function addressOf(config: Pick<TmuxyConfig, 'host' | 'basePath'>, port: number): string {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const path = config.basePath === '/' ? '/' : `${config.basePath}/`;
  return `http://${host}:${String(port)}${path}`;
}
