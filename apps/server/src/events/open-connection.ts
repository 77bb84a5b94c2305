import type { Who } from '../audit/who.js';
import type { Connection } from '../tokens/connection.js';
import type { SessionStream } from './session-stream.js';
import type { Viewer } from './viewer.js';

/** A connection with the stream it reads. */
export interface OpenConnection extends Connection {
  readonly stream: SessionStream;
  readonly viewer: Viewer;
  /** Who opened it; of a command: who sent that. */
  readonly who: Who;
}
