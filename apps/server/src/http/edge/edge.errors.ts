import { AppError } from '../app-error.js';

export class HostNotAllowedError extends AppError {
  readonly code = 'host-not-allowed';
}

export class OriginNotAllowedError extends AppError {
  readonly code = 'origin-not-allowed';
}
