import { Module } from '@nestjs/common';
import { TmuxGateway } from './tmux-gateway.js';

/** tmux itself: control clients, their supervision, and tmux as a command. */
@Module({ providers: [TmuxGateway], exports: [TmuxGateway] })
export class TmuxModule {}
