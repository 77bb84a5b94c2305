import type { SessionRef } from '#dto';
import type { Identity } from '../auth/identity.js';
import type { InputSequence } from './input-sequence.js';

/** What a session token stands for: one open stream of one identity on one tmux session. */
export interface Connection {
  readonly id: string;
  readonly identity: Identity;
  /** The name the stream was opened with. */
  readonly openedAs: string;
  readonly inputs: InputSequence;
  /** The session as it is called now. */
  session(): SessionRef;
}
