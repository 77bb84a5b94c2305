import { Command } from 'commander';
import { SERVER_VERSION } from '../config/package.js';
import { loadConfigWithSources } from '../config/load-config.js';
import {
  addConfigFlags,
  addStateFlags,
  configInput,
  type Flags,
  loadFromFlags,
} from './config-flags.js';
import { addAuditCommands } from './audit.js';
import { addConfigCommands } from './config.js';
import { freshLink } from './fresh-link.js';
import { addPolicyCommands } from './policy.js';
import { runServer } from './run-server.js';
import { addSignInCommands } from './sign-in.js';
import { addTokenCommands } from './token.js';
import { addTlsCommands } from './tls.js';
import { addUserCommands } from './user.js';

/** The `tmuxy` command. */
export function createProgram(): Command {
  const program = new Command('tmuxy')
    .description("Your team's tmux, live in the browser")
    .version(SERVER_VERSION)
    .showHelpAfterError('(tmuxy --help says more)');
  addServer(program);
  addLink(program);
  addConfigCommands(program);
  addTlsCommands(program);
  addPolicyCommands(program);
  addAuditCommands(program);
  addUserCommands(program);
  addTokenCommands(program);
  addSignInCommands(program);
  return program;
}

function addServer(program: Command): void {
  addConfigFlags(
    program.command('server', { isDefault: true }).description('run the server (the default)'),
  ).action((flags: Flags) => runServer(loadConfigWithSources(configInput(flags))));
}

function addLink(program: Command): void {
  addStateFlags(
    program.command('link').description('print a fresh sign-in link of the running server'),
  )
    .option('--port <number>', 'the server on this port, when several run')
    .action(async (flags: Flags) => {
      const { stateDir, port } = loadFromFlags(flags);
      const links = await freshLink(stateDir, flags['port'] === undefined ? undefined : port);
      process.stdout.write(`${links.join('\n')}\n`);
    });
}
