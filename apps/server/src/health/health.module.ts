import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { TmuxModule } from '../tmux/tmux.module.js';
import { Readiness } from './readiness.js';
import { TmuxAnswer } from './tmux-answer.js';

@Module({
  imports: [TmuxModule],
  controllers: [HealthController],
  providers: [Readiness, TmuxAnswer],
})
export class HealthModule {}
