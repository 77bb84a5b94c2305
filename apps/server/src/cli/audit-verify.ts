import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import {
  type CheckedProof,
  checkProof,
  type Finding,
  type Verification,
  type VerifierKey,
} from '#audit-log';
import { NODE_PRIMITIVES } from '../audit/log/node-primitives.js';
import { verifyLog } from '../audit/log/verify-log.js';
import { printable } from '../audit/query/printable.js';
import { errorCode } from '../config/error-code.js';
import { addAuditDirFlags, auditDirIn } from './audit-flags.js';
import { verifierKeyIn } from './audit-key.js';
import { recordText } from './audit-text.js';
import { CliError } from './cli.errors.js';
import type { Flags } from './config-flags.js';

/** The log, or a proof, is not what was written. */
const STATUS_FOUND = 1;
/** Nothing can be said: something could not be read. */
const STATUS_UNREADABLE = 2;
/** Most findings that are printed; `--json` has more. */
const PRINTED_MAX = 50;

type VerifyFlags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** `tmuxy audit verify` */
export function addAuditVerify(audit: Command): void {
  addAuditDirFlags(
    audit
      .command('verify')
      .description(
        'check that nothing in the log was changed, offline; status 1 when something was, 2 when it cannot be read',
      ),
  )
    .option('--key <key>', 'public key of the log, or a file of it; without: that of this machine')
    .option('--checkpoints <files...>', 'copies of checkpoints that were kept elsewhere')
    .option('--proof <file>', 'check what tmuxy audit prove wrote, without the log')
    .option('--json', 'print what was found as JSON')
    .action(({ checkpoints, ...flags }: VerifyFlags) => {
      verify(flags as Flags, Array.isArray(checkpoints) ? (checkpoints as string[]) : []);
    });
}

function verify(flags: Flags, checkpoints: readonly string[]): void {
  try {
    const key = verifierKeyIn(flags);
    const { proof, json } = flags;
    const [text, isFine] =
      typeof proof === 'string'
        ? proofReport(checkProof(NODE_PRIMITIVES, key, readText(proof)), json === true)
        : logReport(auditDirIn(flags), key, checkpoints, json === true);
    process.stdout.write(`${text}\n`);
    if (!isFine) process.exitCode = STATUS_FOUND;
  } catch (error) {
    const code = errorCode(error);
    if (!(error instanceof CliError) && code === undefined) throw error;
    const message =
      error instanceof CliError
        ? error.message
        : `The audit log or its checkpoints cannot be read (${code ?? ''}). Say where it is with --dir, and run this as a user who may read it.`;
    process.stderr.write(`${printable(message)}\n`);
    process.exitCode = STATUS_UNREADABLE;
  }
}

type Report = readonly [text: string, isFine: boolean];

function logReport(
  dir: string,
  key: VerifierKey,
  checkpoints: readonly string[],
  isJson: boolean,
): Report {
  const result = verifyLog(dir, key, checkpoints);
  const text = isJson ? JSON.stringify(result, null, 2) : asText(dir, key, result);
  return [text, result.isIntact];
}

function asText(dir: string, key: VerifierKey, result: Verification): string {
  const { isIntact, errors, records, size, from, until, root, vouchedFor, findings } = result;
  const shown = findings.slice(0, PRINTED_MAX);
  const more = errors + result.notes - shown.length;
  return [
    printable(`The audit log in ${dir} ${verdict(result)}`),
    '',
    `  records     ${records}, the last is ${size}`,
    ...(from === null || until === null ? [] : [`  time        ${from} to ${until}`]),
    `  signed      ${vouchedFor === null ? 'nothing by this key' : `up to record ${vouchedFor}`}`,
    `  key         ${printable(key.name)}`,
    ...(root === null ? [] : [`  root        ${root}`]),
    '',
    ...shown.map(findingText),
    ...(more > 0 ? [`… and ${more} more`] : []),
    ...(isIntact ? [] : ['', ADVICE]),
  ]
    .join('\n')
    .trimEnd();
}

/** No more than what is known: records that nothing vouches for fit together for whoever wrote them anew as well. */
function verdict({ isIntact, errors, size, vouchedFor }: Verification): string {
  if (!isIntact) {
    return `is NOT as it was written: ${errors} ${errors === 1 ? 'finding' : 'findings'}.`;
  }
  if (vouchedFor === null) {
    return 'fits together, but nothing vouches for it: it has no checkpoint that this key signed.';
  }
  if (vouchedFor === size) return 'is as it was written.';
  return `is as it was written up to record ${vouchedFor}; what came after fits, but is not signed yet.`;
}

const ADVICE = `What to do: copy the directory as it is, before anything else. Then find out who could write to it at that
time. Records that no finding names, and that a checkpoint covers, are as they were written. Checkpoints that were kept
elsewhere say more: give them with --checkpoints.`;

const findingText = ({ level, code, message }: Finding): string =>
  `${level === 'error' ? 'ERROR' : 'note '}  ${code}: ${printable(message)}`;

const NO_PROOF = {
  malformed: 'This is no proof, or it was changed.',
  'not-signed': 'Its checkpoint is not signed by this key.',
  'other-log': 'Its checkpoint is that of another log.',
  changed: 'Its record was changed.',
  'not-included': 'Its record is not in the log that the checkpoint vouches for.',
} as const;

function proofReport(checked: CheckedProof, isJson: boolean): Report {
  const isFine = typeof checked === 'object';
  if (isJson) return [JSON.stringify(isFine ? checked : { problem: checked }, null, 2), isFine];
  if (!isFine) return [`Nothing is proved. ${NO_PROOF[checked]}`, false];
  const { record, size } = checked;
  return [
    `Record ${record.seq} is in the log, as one of its first ${size}:\n\n${recordText(record)}`,
    true,
  ];
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(`--proof: ${file} cannot be read (${errorCode(error) ?? 'unknown'}).`);
  }
}
