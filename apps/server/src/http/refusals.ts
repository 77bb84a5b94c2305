import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { ErrorCode } from '#dto';

/** An answer that is an error. */
export interface Refusal {
  /** Absent for what never became a request: broken HTTP, plain HTTP where TLS is spoken. */
  readonly request?: IncomingMessage;
  /** Client address, where there is no request to ask. */
  readonly address?: string | undefined;
  readonly status: number;
  readonly code: ErrorCode;
  /** As the client reads it. */
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** What was thrown. */
  readonly error?: unknown;
}

/** Tells of every error that is answered, whoever answers it; so that none goes unrecorded. */
@Injectable()
export class Refusals {
  readonly #listeners = new Set<(refusal: Refusal) => void>();

  /** @returns a function that stops it */
  onRefused(listener: (refusal: Refusal) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(refusal: Refusal): void {
    for (const listener of this.#listeners) listener(refusal);
  }
}
