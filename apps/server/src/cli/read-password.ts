import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { errorCode } from '../config/error-code.js';
import { CliError } from './cli.errors.js';
import type { Flags } from './config-flags.js';

/** Flags that say where the password comes from. There is none with the password: `ps` shows those. */
export const PASSWORD_FLAGS = [
  ['--password-stdin', 'read the password from standard input'],
  ['--password-file <file>', 'read the password from a file'],
] as const;

/**
 * Reads a new password: from standard input or a file, whose line end does not count, or by asking
 * twice without showing it.
 *
 * @throws CliError when there is no terminal to ask at, or the two differ
 */
export async function readPassword(flags: Flags): Promise<string> {
  const file = flags['passwordFile'];
  if (typeof file === 'string') return withoutLineEnd(readFile(file));
  if (flags['passwordStdin'] === true) return withoutLineEnd(await text(process.stdin));
  if (!process.stdin.isTTY) {
    throw new CliError(
      'There is no terminal to ask for the password: give --password-stdin or --password-file.',
    );
  }
  const [password, again] = await askSilently(['Password: ', 'Again: ']);
  if (password === undefined || password !== again) throw new CliError('The two are not the same.');
  return password;
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(`${file} cannot be read (${errorCode(error) ?? 'unknown'}).`);
  }
}

function withoutLineEnd(typed: string): string {
  return typed.replace(/\r?\n$/, '');
}

/** One reader for all questions: what was typed ahead of a question is not lost. */
async function askSilently(questions: readonly string[]): Promise<readonly string[]> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const typed = lines[Symbol.asyncIterator]();
  const answers: string[] = [];
  // Ends the iteration, so that the question at hand has no answer.
  lines.on('SIGINT', () => lines.close());
  try {
    for (const question of questions) {
      process.stderr.write(question);
      const answer = await typed.next();
      process.stderr.write('\n');
      if (answer.done === true) throw new CliError('Nothing was changed.');
      answers.push(answer.value);
    }
  } finally {
    lines.close();
  }
  return answers;
}
