import { Injectable } from '@nestjs/common';
import { judge, type CommandPolicy, type Denial } from '#tmux-protocol';
import type { CommandName, Role } from '#dto';
import { PolicyDeniedError } from './policy.errors.js';
import { PolicyService } from './policy.service.js';

/** Something that the page does for a person without a command line. */
export type Operation = CommandName | 'new-session';

/**
 * What an operation means to tmux, so that a rule about a command, a flag or an effect is one about the
 * button as well. Null: nothing that a policy is about, or a line that is judged by itself.
 */
const MEANINGS: Readonly<Record<Operation, readonly [name: string, ...words: string[]] | null>> = {
  'send-input': ['send-keys', 'x'],
  paste: ['send-keys', 'x'],
  tmux: null,
  'run-binding': null,
  'take-driver': null,
  'set-size': null,
  resync: null,
  ack: null,
  'set-visibility': null,
  'select-pane': ['select-pane'],
  'split-pane': ['split-window'],
  'kill-pane': ['kill-pane'],
  'zoom-pane': ['resize-pane', '-Z'],
  'resize-pane': ['resize-pane', '-x', '80'],
  'swap-pane': ['swap-pane', '-s', '%0'],
  'break-pane': ['break-pane', '-s', '%0'],
  'clear-history': ['clear-history'],
  'select-layout': ['select-layout', 'tiled'],
  'select-window': ['select-window'],
  'new-window': ['new-window'],
  'rename-window': ['rename-window', 'x'],
  'kill-window': ['kill-window'],
  'move-window': ['move-window', '-s', '@0'],
  'new-session': ['new-session', '-d'],
  'rename-session': ['rename-session', 'x'],
  'kill-session': ['kill-session'],
};

type Refusals = ReadonlyMap<Operation, Denial>;

/** Decides about what people do with buttons and keys, by the same rules as about what they type. */
@Injectable()
export class OperationPolicy {
  readonly #refusals: Readonly<Record<Role, Refusals>>;

  constructor(policies: PolicyService) {
    // Once, not for every key that is pressed.
    this.#refusals = {
      viewer: refusalsOf(policies.policyOf('viewer')),
      operator: refusalsOf(policies.policyOf('operator')),
      admin: refusalsOf(policies.policyOf('admin')),
    };
  }

  /** @throws PolicyDeniedError */
  assertAllowed(role: Role, operation: Operation): void {
    const refusal = this.#refusals[role].get(operation);
    if (refusal) throw new PolicyDeniedError(refusal);
  }
}

function refusalsOf(policy: CommandPolicy): Refusals {
  const refusals = new Map<Operation, Denial>();
  for (const [operation, meaning] of Object.entries(MEANINGS)) {
    if (meaning === null) continue;
    const [name, ...words] = meaning;
    const args = words.map((value) => ({ kind: 'word', value }) as const);
    // Which session it may be about is asked elsewhere.
    const verdict = judge([{ name, args }], policy, { kind: 'all' });
    if (!verdict.allowed) refusals.set(operation as Operation, verdict);
  }
  return refusals;
}
