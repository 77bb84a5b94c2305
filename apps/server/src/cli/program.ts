import { homedir } from 'node:os';
import { Command } from 'commander';
import type { TmuxyConfig } from '../config/config.js';
import { CONFIG_KEYS, flagOf } from '../config/config.keys.js';
import { environment } from '../config/environment.js';
import { loadConfig } from '../config/load-config.js';
import { SERVER_VERSION } from '../config/package.js';
import { freshLink } from './fresh-link.js';
import { runServer } from './run-server.js';

type Flags = Readonly<Record<string, string | undefined>>;

/** The `tmuxy` command. */
export function createProgram(): Command {
  const program = new Command('tmuxy')
    .description("Your team's tmux, live in the browser")
    .version(SERVER_VERSION)
    .showHelpAfterError('(tmuxy --help says more)');
  addServer(program);
  addLink(program);
  return program;
}

function addServer(program: Command): void {
  const server = program
    .command('server', { isDefault: true })
    .description('run the server (the default)')
    .option('--config <file>', 'configuration file (tmuxy.yaml)');
  for (const key of CONFIG_KEYS) server.option(`${flagOf(key)} <${key.value}>`, key.help);
  server.action((flags: Flags) => runServer(load(flags)));
}

function addLink(program: Command): void {
  program
    .command('link')
    .description('print a fresh sign-in link of the running server')
    .option('--config <file>', 'configuration file (tmuxy.yaml)')
    .option('--state-dir <dir>', 'where the server keeps its state')
    .option('--port <number>', 'the server on this port, when several run')
    .action(async (flags: Flags) => {
      const { stateDir, port } = load(flags);
      const link = await freshLink(stateDir, flags['port'] === undefined ? undefined : port);
      process.stdout.write(`${link}\n`);
    });
}

function load({ config: file, ...flags }: Flags): TmuxyConfig {
  return loadConfig({
    flags,
    file,
    env: environment(),
    homeDir: homedir(),
    isTerminal: process.stderr.isTTY,
  });
}
