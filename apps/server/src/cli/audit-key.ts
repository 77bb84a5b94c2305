import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Command } from 'commander';
import { parseVerifierKey, type VerifierKey } from '#audit-log';
import { NODE_PRIMITIVES } from '../audit/log/node-primitives.js';
import { signingKeyFileOf } from '../audit/log/open-audit-log.js';
import { originOf, readSigningKey, SigningKeyError } from '../audit/log/signing-key.js';
import { errorCode } from '../config/error-code.js';
import { CliError } from './cli.errors.js';
import { addStateFlags, type Flags, loadFromFlags } from './config-flags.js';

/** `tmuxy audit key` */
export function addAuditKey(audit: Command): void {
  addStateFlags(
    audit
      .command('key')
      .description('print the public key that verifies the log; keep it on another machine'),
  ).action((flags: Flags) => {
    process.stdout.write(`${ownSigner(flags).publicKey}\n`);
  });
}

/** The key in `--key`, itself or a file of it; without, that of the log on this machine. @throws CliError */
export function verifierKeyIn({ key, ...flags }: Flags): VerifierKey {
  if (typeof key !== 'string') return ownSigner(flags).key;
  const text = key.includes('+') && !key.includes('\n') ? key : readKeyFile(key);
  const parsed = parseVerifierKey(NODE_PRIMITIVES, text.trim());
  if (parsed !== undefined) return parsed;
  throw new CliError(
    '--key is no verifier key. Give what `tmuxy audit key` prints on the machine of the log, or a file of it.',
  );
}

function ownSigner({ config, stateDir }: Flags): ReturnType<typeof readSigningKey> {
  const { audit, stateDir: dir } = loadFromFlags({ config, stateDir });
  const file = signingKeyFileOf(audit, dir);
  try {
    return readSigningKey(file, originOf(hostname()));
  } catch (error) {
    if (!(error instanceof SigningKeyError)) throw error;
    throw new CliError(
      `${error.message} On another machine, give the public key with --key; \`tmuxy audit key\` prints it where the log is.`,
    );
  }
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(`--key: ${file} cannot be read (${errorCode(error) ?? 'unknown'}).`);
  }
}
