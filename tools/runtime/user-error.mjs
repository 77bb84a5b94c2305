/** Something the person at the keyboard can mend; shown as its message alone, without a stack. */
export class UserError extends Error {
  /** @param {string} message what is wrong and what to type */
  constructor(message) {
    super(message);
    this.name = 'UserError';
  }
}

/**
 * Runs an entry point: a {@link UserError} becomes one line and exit code 1, anything else a crash.
 *
 * @param {() => Promise<number>} main answers the exit code
 * @returns {Promise<void>}
 */
export async function exitWith(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
