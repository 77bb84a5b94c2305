import { Module } from '@nestjs/common';
import { TmuxModule } from '../tmux/tmux.module.js';
import { CommandJudge } from './command-judge.js';
import { OperationPolicy } from './operation-policy.service.js';
import { PolicyService } from './policy.service.js';
import { ScopeService } from './scope.service.js';
import { SessionAccess } from './session-access.js';

/** What identities may do with tmux: which sessions are theirs, and which commands. */
@Module({
  imports: [TmuxModule],
  providers: [SessionAccess, PolicyService, ScopeService, CommandJudge, OperationPolicy],
  exports: [SessionAccess, CommandJudge, OperationPolicy],
})
export class PolicyModule {}
