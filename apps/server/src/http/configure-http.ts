import type { Server } from 'node:http';
import { Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { TmuxyConfig } from '../config/config.js';
import { AppErrorFilter } from './app-error.filter.js';
import { belowBasePath } from './base-path.js';
import { BodyInterceptor } from './body.interceptor.js';
import { answerCorrelationId } from './correlation-id.js';
import { noStore, securityHeaders } from './security-headers.js';
import { createValidationPipe } from './validation.js';

const HEADERS_TIMEOUT_MS = 10_000;
/** For a request to arrive whole; an answer may take as long as it likes, so streams live on. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Long, as every key is a request and a new connection would cost it a round trip. */
const KEEP_ALIVE_MS = 75_000;
const HEADERS_MAX = 64;

/** What every request meets, whatever it asks for. The app must be created with `bodyParser: false`. */
export function configureHttp(app: NestExpressApplication, config: TmuxyConfig): void {
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(answerCorrelationId, securityHeaders(), noStore, belowBasePath(config.basePath));
  app.useGlobalFilters(new AppErrorFilter());
  app.useGlobalInterceptors(new BodyInterceptor(app.get(Reflector)));
  app.useGlobalPipes(createValidationPipe());

  const server: Server = app.getHttpServer();
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxHeadersCount = HEADERS_MAX;
}
