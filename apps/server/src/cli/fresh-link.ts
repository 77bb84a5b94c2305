import { askServer } from './ask-server.js';
import { CliError } from './cli.errors.js';
import { readServerFiles, removeServerFile, type ServerFile } from './server-file.js';

/**
 * Asks a running server for a sign-in link.
 *
 * @param port undefined: the only server that runs
 * @returns the same link at each address of the server, the one for this machine first
 * @throws CliError when there is none, or more than one to choose from
 */
export async function freshLink(
  stateDir: string,
  port: number | undefined,
): Promise<readonly string[]> {
  const candidates = readServerFiles(stateDir).filter(
    (server) => port === undefined || server.port === port,
  );
  const links: { server: ServerFile; key: string }[] = [];
  for (const server of candidates) {
    const key = await askForKey(server);
    if (key === undefined) removeServerFile(stateDir, server.port);
    else links.push({ server, key });
  }
  const [link, ...others] = links;
  if (!link) {
    const where = port === undefined ? '' : ` on port ${String(port)}`;
    throw new CliError(
      `No tmuxy server of yours runs${where} (looked in ${stateDir}). Start one with: tmuxy server`,
    );
  }
  if (others.length > 0) {
    const ports = links.map(({ server }) => String(server.port)).join(', ');
    throw new CliError(
      `Several servers run, on the ports ${ports}. Say which: tmuxy link --port <number>`,
    );
  }
  return link.server.links.map((address) => `${address}#key=${link.key}`);
}

/** @returns undefined when nobody listens there any more, or somebody else does */
async function askForKey(server: ServerFile): Promise<string | undefined> {
  const reply = await askServer(server, 'POST', 'api/link');
  if (reply?.status === 429) {
    throw new CliError('Too many links were asked for; wait a minute.');
  }
  if (reply?.status !== 201) return undefined;
  const { body } = reply;
  return typeof body === 'object' && body !== null && 'key' in body ? String(body.key) : undefined;
}
