import { Injectable } from '@nestjs/common';
import { judge, type CommandScope, type JudgedCommand, type ParsedCommand } from '#tmux-protocol';
import type { SessionRef } from '#dto';
import type { Identity } from '../auth/identity.js';
import { PolicyDeniedError } from './policy.errors.js';
import { PolicyService } from './policy.service.js';
import { ScopeService } from './scope.service.js';

/** Decides about command lines that people type and bindings they press. */
@Injectable()
export class CommandJudge {
  readonly #policies: PolicyService;
  readonly #scopes: ScopeService;

  constructor(policies: PolicyService, scopes: ScopeService) {
    this.#policies = policies;
    this.#scopes = scopes;
  }

  /**
   * @param current the session it is typed in
   * @param isDrawnHere whether a command never reaches tmux, but is shown by the browser from what its person may
   * see: it cannot reach another session, whatever it means to tmux
   * @returns what to run, which is exactly what was judged
   * @throws PolicyDeniedError; SessionNotFoundError when the session is out of reach meanwhile
   */
  async judge(
    identity: Identity,
    commands: readonly ParsedCommand[],
    current: SessionRef,
    isDrawnHere: (command: ParsedCommand) => boolean,
  ): Promise<readonly JudgedCommand[]> {
    const scope = await this.#scopes.scopeOf(identity, current);
    const policy = this.#policies.policyOf(identity.role);
    const allowed = (part: readonly ParsedCommand[], within: CommandScope): JudgedCommand[] => {
      if (part.length === 0) return [];
      const verdict = judge(part, policy, within);
      if (!verdict.allowed) throw new PolicyDeniedError(verdict);
      return [...verdict.commands];
    };
    const drawn = allowed(commands.filter(isDrawnHere), { kind: 'all' });
    const run = allowed(
      commands.filter((command) => !isDrawnHere(command)),
      scope,
    );
    return commands.flatMap((command) => (isDrawnHere(command) ? drawn : run).shift() ?? []);
  }
}
