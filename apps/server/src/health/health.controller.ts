import { Controller, Get } from '@nestjs/common';
import { Public } from '../auth/public.decorator.js';
import { UnavailableError } from '../http/app-error.js';
import { RateLimit } from '../http/rate-limit/rate-limit.decorator.js';
import { Readiness } from './readiness.js';

/** Reply of both routes; says nothing more, as everybody may ask. */
export interface HealthView {
  readonly status: 'ok';
}

@Public()
@RateLimit('none')
@Controller('api/health')
export class HealthController {
  readonly #readiness: Readiness;

  constructor(readiness: Readiness) {
    this.#readiness = readiness;
  }

  @Get('live')
  live(): HealthView {
    return { status: 'ok' };
  }

  @Get('ready')
  ready(): HealthView {
    if (!this.#readiness.isReady) throw new UnavailableError('The server is starting or stopping.');
    return { status: 'ok' };
  }
}
