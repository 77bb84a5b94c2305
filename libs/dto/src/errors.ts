/** Every error code the HTTP interface answers with; each maps to one status (docs/protocol.md). */
export const ERROR_CODES = [
  'invalid-request',
  'unauthenticated',
  'session-token-required',
  'session-token-invalid',
  'forbidden',
  'read-only',
  'policy-denied',
  'origin-not-allowed',
  'host-not-allowed',
  'path-not-allowed',
  'not-found',
  'conflict',
  'too-large',
  'range-not-satisfiable',
  'unsupported-media-type',
  'tmux-rejected',
  'rate-limited',
  'internal',
  'unavailable',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Body of every error answer. `message` is for people, `code` for programs. */
export interface ErrorView {
  readonly code: ErrorCode;
  readonly message: string;
  /** Also in the `X-Correlation-Id` header and in the server's log. */
  readonly correlationId: string;
  readonly details?: Readonly<Record<string, unknown>>;
}
