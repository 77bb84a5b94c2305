import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { TmuxyConfig } from '../config/config.js';
import { AppErrorFilter } from './app-error.filter.js';
import { belowBasePath } from './base-path.js';
import { answerCorrelationId } from './correlation-id.js';
import { limitConnections } from './edge/connection-limits.js';
import { checkHost, checkOrigin, readSurroundings } from './edge/edge.js';
import { refuseRawProblems } from './edge/raw-request.js';
import { TrustedProxies } from './edge/trusted-proxies.js';
import { Refusals } from './refusals.js';
import { AddressLimit } from './rate-limit/address-limit.js';
import { noStore, securityHeaders } from './security-headers.js';
import { createValidationPipe } from './validation.js';

/** What every request meets, whatever it asks for. The app must be created with `bodyParser: false`. */
export function configureHttp(app: NestExpressApplication, config: TmuxyConfig): void {
  const decisive = [config.proxyUserHeader, config.proxyGroupsHeader].filter(
    (name) => name !== undefined,
  );
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(
    answerCorrelationId,
    readSurroundings(config, app.get(TrustedProxies)),
    securityHeaders(),
    noStore,
    refuseRawProblems(decisive),
    checkHost(config),
    app.get(AddressLimit).middleware,
    belowBasePath(config.basePath),
    checkOrigin(config),
  );
  const refusals = app.get(Refusals);
  app.useGlobalFilters(new AppErrorFilter(refusals));
  app.useGlobalPipes(createValidationPipe());

  const server: Server = app.getHttpServer();
  limitConnections(server, refusals);
}
