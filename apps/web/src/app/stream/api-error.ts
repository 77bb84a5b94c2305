import type { ErrorCode } from '#dto';

/** An error answer of the HTTP interface, or `unavailable` with status 0 when there was none. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: ErrorCode;
  readonly correlationId: string | null;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    message: string,
    from: {
      readonly status: number;
      readonly code: ErrorCode;
      readonly correlationId?: string | null;
      readonly details?: Readonly<Record<string, unknown>>;
      readonly cause?: unknown;
    },
  ) {
    super(message, { cause: from.cause });
    this.status = from.status;
    this.code = from.code;
    this.correlationId = from.correlationId ?? null;
    this.details = from.details ?? {};
  }
}
