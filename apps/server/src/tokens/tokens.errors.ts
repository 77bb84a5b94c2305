import { AppError } from '../http/app-error.js';

export class SessionTokenRequiredError extends AppError {
  readonly code = 'session-token-required';

  constructor() {
    super('Send the X-Session-Token that the event stream gave in its first event.');
  }
}

/** Unknown, ended, or made for another session or identity: which of these is not told. */
export class SessionTokenInvalidError extends AppError {
  readonly code = 'session-token-invalid';

  constructor() {
    super('This session token is not valid here. Open the event stream again to get a new one.');
  }
}
