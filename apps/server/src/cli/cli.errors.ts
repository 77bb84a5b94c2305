/** Ends the program with status 1 and this text alone, which says what to do. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
