import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { writePrivateFile } from '../auth/private-file.js';
import { addressesOfThisMachine } from '../config/own-hosts.js';
import { createSelfSigned, SELF_SIGNED_MAX_DAYS } from '../tls/self-signed.js';
import { CliError } from './cli.errors.js';
import { addStateFlags, type Flags, loadFromFlags } from './config-flags.js';

const DNS_NAME =
  /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i;
const DEFAULT_DAYS = 365;

/** `tmuxy tls self-signed` */
export function addTlsCommands(program: Command): void {
  const tls = program.command('tls').description('certificates for https');
  addStateFlags(
    tls.command('self-signed').description('make a certificate that vouches for itself'),
  )
    .option('--host <names>', 'names and addresses it is for, separated by commas')
    .option('--days <number>', `how long it is valid, 1 to ${String(SELF_SIGNED_MAX_DAYS)}`)
    .option('--out-dir <dir>', 'where to write cert.pem and key.pem (<state dir>/tls)')
    .option('--force', 'replace what is there')
    .action(async (flags: Flags) => {
      process.stdout.write(await selfSigned(flags));
    });
}

async function selfSigned(flags: Flags): Promise<string> {
  // `--host` means another thing in the configuration.
  const { stateDir } = loadFromFlags({ config: flags['config'], stateDir: flags['stateDir'] });
  const hosts = hostsOf(flags['host']);
  const days = daysOf(flags['days']);
  const outDir = flags['outDir'];
  const dir = typeof outDir === 'string' ? resolve(outDir) : join(stateDir, 'tls');
  const [certFile, keyFile] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  for (const file of [certFile, keyFile]) {
    if (flags['force'] !== true && existsSync(file)) {
      throw new CliError(
        `${file} is there already. Give --force to replace it, or another --out-dir.`,
      );
    }
  }
  const { cert, key } = await createSelfSigned(hosts, days);
  writePrivateFile(keyFile, key);
  writePrivateFile(certFile, cert);
  return `Made ${certFile}
and  ${keyFile} (keep it to yourself)
for ${hosts.join(', ')}, valid for ${String(days)} days.

SHA-256 ${new X509Certificate(cert).fingerprint256}
Browsers warn of it once; compare this fingerprint with the one they show before you go on.

Run the server with it:

    tmuxy server --host 0.0.0.0 --tls-cert ${certFile} --tls-key ${keyFile}

and, where people ask for it by a name, with --public-origins https://NAME:9000.
`;
}

function hostsOf(text: Flags[string]): readonly string[] {
  if (typeof text !== 'string') {
    const all = ['localhost', hostname().toLowerCase(), ...addressesOfThisMachine()];
    return [...new Set(all)].filter(isHost);
  }
  const hosts = text.split(',').map((host) => host.trim());
  if (!hosts.every(isHost)) {
    throw new CliError(
      '--host: give names and addresses separated by commas, such as box.lan,192.168.1.4, without ports.',
    );
  }
  return hosts;
}

function isHost(text: string): boolean {
  return (isIP(text) !== 0 && !text.includes('%')) || (DNS_NAME.test(text) && text.length <= 253);
}

function daysOf(text: Flags[string]): number {
  if (typeof text !== 'string') return DEFAULT_DAYS;
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (days < 1 || days > SELF_SIGNED_MAX_DAYS) {
    throw new CliError(`--days: give a number from 1 to ${String(SELF_SIGNED_MAX_DAYS)}.`);
  }
  return days;
}
