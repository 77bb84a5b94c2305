import type { Command } from 'commander';
import { createProgram } from '../cli/program.js';

/**
 * Runs `tmuxy …` on a state directory, in this process.
 *
 * @returns what it printed on standard output
 * @throws whatever ends the command line's `main`
 */
export async function runTmuxy(stateDir: string, ...args: readonly string[]): Promise<string> {
  let said = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  const complain = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    const program = createProgram();
    throwInsteadOfExit(program);
    await program.parseAsync(['node', 'tmuxy', ...args, '--state-dir', stateDir]);
  } finally {
    write.mockRestore();
    complain.mockRestore();
  }
  return said;
}

/** Commander would end the tests with the program. Commands do not inherit it once they are made. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const sub of command.commands) throwInsteadOfExit(sub);
}
