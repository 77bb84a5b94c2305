import type { OidcProblem } from '#dto';

/** A sign-in by the provider that came to nothing; `code` goes to the sign-in page, `message` to the log. */
export class OidcSignInError extends Error {
  readonly code: OidcProblem;

  constructor(code: OidcProblem, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = OidcSignInError.name;
    this.code = code;
  }
}
