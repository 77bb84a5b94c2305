import { resolve } from 'node:path';
import { LinkSecret } from '../auth/link-secret.js';
import { OneTimeKeysService } from '../auth/one-time-keys.service.js';
import type { TmuxyConfig } from '../config/config.js';
import { errorCode } from '../config/error-code.js';
import { formatFinding } from '../config/lint/finding.js';
import { refuseUnsafe } from '../config/lint/lint-config.js';
import { isHttps } from '../config/listening.js';
import type { LoadedConfig } from '../config/load-config.js';
import { type RunningServer, startServer } from '../main.js';
import { preflight } from '../preflight.js';
import { CliError } from './cli.errors.js';
import { writeServerFile } from './server-file.js';
import { exitOnSignals, keepDebuggerShut, refuseDebugger } from './shutdown.js';
import { prepareStateDir } from './state-dir.js';

/**
 * `tmuxy server`: starts it, says where it is and what is relaxed, ends it when told to.
 *
 * @throws ConfigError when the configuration is unsafe
 * @throws CliError when it cannot listen
 */
export async function runServer(loaded: LoadedConfig): Promise<void> {
  keepDebuggerShut();
  refuseDebugger();
  const { config } = loaded;
  const findings = preflight(config, loaded);
  refuseUnsafe(findings);
  for (const finding of findings) {
    process.stderr.write(`tmuxy: warning: ${formatFinding(finding)}\n`);
  }
  prepareStateDir(config.stateDir);
  const { app, port, url, reloadTls } = await start(config);
  const links = [url, ...publicUrls(config)];
  const removeServerFile = writeServerFile(config.stateDir, {
    pid: process.pid,
    port,
    url,
    links,
    secret: app.get(LinkSecret).value,
    ...(isHttps(config) && config.tlsCert !== undefined
      ? { certificate: resolve(config.tlsCert) }
      : {}),
  });
  exitOnSignals(async () => {
    removeServerFile();
    await app.close();
  }, reloadTls);
  process.stdout.write(greeting(links, app.get(OneTimeKeysService).issueStartUpKey()));
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

/** Addresses of the web app as others see it, with base path and a slash at the end. */
export function publicUrls({
  publicOrigins,
  basePath,
}: Pick<TmuxyConfig, 'publicOrigins' | 'basePath'>): readonly string[] {
  return publicOrigins.map((origin) => `${origin}${basePath === '/' ? '/' : `${basePath}/`}`);
}

/** The one place where the key is written. The first address is for this machine. */
function greeting([url = '', ...others]: readonly string[], key: string): string {
  const elsewhere = others.map((other) => `    ${other}#key=${key}\n`).join('');
  return `tmuxy is running. Open this address to sign in (it works once):

    ${url}#key=${key}
${elsewhere === '' ? '' : `\nor, from elsewhere:\n\n${elsewhere}`}
A fresh one: tmuxy link. Stop the server with Ctrl-C.
`;
}
