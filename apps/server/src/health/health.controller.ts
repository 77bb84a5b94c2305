import { Controller, Get } from '@nestjs/common';
import { Public } from '../auth/public.decorator.js';
import { UnavailableError } from '../http/app-error.js';
import { RateLimit } from '../http/rate-limit/rate-limit.decorator.js';
import { Readiness } from './readiness.js';
import { TmuxAnswer } from './tmux-answer.js';

/** Reply of both routes; says nothing more, as everybody may ask. */
export interface HealthView {
  readonly status: 'ok';
}

@Public()
@RateLimit('none')
@Controller('api/health')
export class HealthController {
  readonly #readiness: Readiness;
  readonly #tmux: TmuxAnswer;

  constructor(readiness: Readiness, tmux: TmuxAnswer) {
    this.#readiness = readiness;
    this.#tmux = tmux;
  }

  @Get('live')
  live(): HealthView {
    return { status: 'ok' };
  }

  @Get('ready')
  async ready(): Promise<HealthView> {
    if (!this.#readiness.isReady) throw new UnavailableError('The server is starting or stopping.');
    const problem = await this.#tmux.problem();
    if (problem !== undefined) throw new UnavailableError(problem);
    return { status: 'ok' };
  }
}
