import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { VerifierKey } from '#audit-log';
import { type NoProof, type Proved, proveRecord } from '../audit/log/prove-record.js';
import { errorCode } from '../config/error-code.js';
import { addAuditDirFlags, auditDirIn } from './audit-flags.js';
import { verifierKeyIn } from './audit-key.js';
import { CliError } from './cli.errors.js';
import type { Flags } from './config-flags.js';

const WHY: Readonly<Record<NoProof, string>> = {
  'no-such-record': 'There is no such record in this log; old ones may have been deleted.',
  'not-signed-yet':
    'No checkpoint that this key signed covers this record. The server signs one a minute, and one at its end.',
  damaged: 'The log was changed, so that nothing can be proved by it. See: tmuxy audit verify',
};

/** `tmuxy audit prove` */
export function addAuditProve(audit: Command): void {
  addAuditDirFlags(
    audit
      .command('prove')
      .description(
        'prove to somebody without the log that a record is in it; they run tmuxy audit verify --proof',
      )
      .argument('<seq>', 'number of the record'),
  )
    .option('--key <key>', 'public key of the log, or a file of it; without: that of this machine')
    .option('--out <file>', 'where to write the proof; without: to standard output')
    .action((seq: string, flags: Flags) => {
      const proof = prove(seq, flags);
      if (typeof flags['out'] === 'string') write(flags['out'], proof);
      else process.stdout.write(proof);
    });
}

function prove(text: string, flags: Flags): string {
  const seq = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
  if (seq === undefined) throw new CliError('Give the number of a record, such as 42.');
  const dir = auditDirIn(flags);
  const proved = proveIn(dir, verifierKeyIn(flags), seq);
  if (typeof proved === 'string') throw new CliError(WHY[proved]);
  return proved.proof;
}

function proveIn(dir: string, key: VerifierKey, seq: number): Proved {
  try {
    return proveRecord(dir, key, seq);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new CliError(`The audit log in ${dir} cannot be read (${code}).`);
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new CliError(
      errorCode(error) === 'EEXIST'
        ? `${file} is there already. Give another --out.`
        : `${file} cannot be written (${errorCode(error) ?? 'unknown'}).`,
    );
  }
}
