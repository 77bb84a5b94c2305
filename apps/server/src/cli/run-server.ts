import { LinkSecret } from '../auth/link-secret.js';
import { OneTimeKeysService } from '../auth/one-time-keys.service.js';
import type { TmuxyConfig } from '../config/config.js';
import { errorCode } from '../config/error-code.js';
import { type RunningServer, startServer } from '../main.js';
import { CliError } from './cli.errors.js';
import { writeServerFile } from './server-file.js';
import { exitOnSignals } from './shutdown.js';
import { prepareStateDir } from './state-dir.js';

/**
 * `tmuxy server`: starts it, says where it is, ends it when told to.
 *
 * @throws CliError when it cannot listen
 */
export async function runServer(config: TmuxyConfig): Promise<void> {
  if (process.getuid?.() === 0) {
    process.stderr.write('tmuxy: running as root: whoever signs in is root on this machine.\n');
  }
  prepareStateDir(config.stateDir);
  const { app, port, url } = await start(config);
  const removeServerFile = writeServerFile(config.stateDir, {
    pid: process.pid,
    port,
    url,
    secret: app.get(LinkSecret).value,
  });
  exitOnSignals(async () => {
    removeServerFile();
    await app.close();
  });
  process.stdout.write(greeting(url, app.get(OneTimeKeysService).issueStartUpKey()));
}

async function start(config: TmuxyConfig): Promise<RunningServer> {
  try {
    return await startServer(config);
  } catch (error) {
    throw listenError(error, config) ?? error;
  }
}

/** What to do about the ways in which listening fails. @returns undefined for other errors */
export function listenError(
  error: unknown,
  { host, port }: Pick<TmuxyConfig, 'host' | 'port'>,
): CliError | undefined {
  const code = errorCode(error);
  const place = `${host} port ${String(port)}`;
  if (code === 'EADDRINUSE') {
    return new CliError(
      `${place} is in use. Give another with --port, or --port 0 for a free one; is it tmuxy already, 'tmuxy link' prints its address.`,
    );
  }
  if (code === 'EACCES')
    return new CliError(`${place} may not be used by you. Give one above 1023 with --port.`);
  if (code === 'EADDRNOTAVAIL')
    return new CliError(`${host} is not an address of this machine. Give --host 127.0.0.1.`);
  return undefined;
}

/** The one place where the key is written. */
function greeting(url: string, key: string): string {
  return `tmuxy is running. Open this address to sign in (it works once):

    ${url}#key=${key}

A fresh one: tmuxy link. Stop the server with Ctrl-C.
`;
}
