import type { Command } from 'commander';
import type { AuditFinding, RecordFinding } from '../audit/query/audit-line.js';
import { type AuditFilter, matches } from '../audit/query/audit-filter.js';
import type { AuditReader } from '../audit/query/audit-reader.js';
import { addAuditDirFlags, addFilterFlags, filterIn, readingAudit } from './audit-flags.js';
import { damageText, recordText } from './audit-text.js';
import { CliError } from './cli.errors.js';
import type { Flags } from './config-flags.js';
import { type Print, printing } from './print.js';

const LINES_DEFAULT = 20;
/** They are kept until the first of them is known. */
const LINES_MAX = 10_000;

interface TailOptions {
  readonly filter: AuditFilter;
  readonly lines: number;
  readonly isFollowing: boolean;
  readonly isJson: boolean;
}

/** `tmuxy audit tail`: the last records, and with `-f` those to come. */
export function addAuditTail(audit: Command): void {
  const command = audit
    .command('tail')
    .description('print the last records of the audit log')
    .option('-f, --follow', 'and those that come, until it is interrupted')
    .option('-n, --lines <number>', 'how many', String(LINES_DEFAULT))
    .option('--json', 'as they are in the log, one JSON object in each line');
  addAuditDirFlags(addFilterFlags(command)).action(async (flags: Flags) => {
    const options = {
      filter: filterIn(flags),
      lines: linesIn(flags),
      isFollowing: flags['follow'] === true,
      isJson: flags['json'] === true,
    };
    await readingAudit(flags, (reader) =>
      printing((print, signal) => tail(reader, options, print, signal)),
    );
  });
}

async function tail(
  reader: AuditReader,
  { filter, lines, isFollowing, isJson }: TailOptions,
  print: Print,
  signal: AbortSignal,
): Promise<void> {
  const show = async (finding: AuditFinding): Promise<void> => {
    if (finding.kind === 'damaged') process.stderr.write(`tmuxy: ${damageText(finding)}\n`);
    else if (matches(finding.record, filter)) {
      await print(isJson ? finding.line : recordText(finding.record));
      await print('\n');
    }
  };
  const after = await reader.lastSeq();
  for (const finding of await lastOf(reader, { filter, lines, after })) await show(finding);
  if (!isFollowing) return;
  for await (const finding of reader.follow({ after, signal })) await show(finding);
}

/** The last records that fit, up to the one numbered `after`, the oldest first. */
async function lastOf(
  reader: AuditReader,
  wanted: { readonly filter: AuditFilter; readonly lines: number; readonly after: number },
): Promise<readonly RecordFinding[]> {
  const found: RecordFinding[] = [];
  if (wanted.lines === 0) return found;
  for await (const finding of reader.backward({ before: wanted.after + 1 })) {
    if (finding.kind === 'record' && matches(finding.record, wanted.filter)) found.push(finding);
    if (finding.kind === 'damaged') process.stderr.write(`tmuxy: ${damageText(finding)}\n`);
    if (found.length >= wanted.lines) break;
  }
  return found.reverse();
}

/** @throws CliError */
function linesIn({ lines }: Flags): number {
  const number = typeof lines === 'string' && /^\d{1,6}$/.test(lines) ? Number(lines) : NaN;
  if (number <= LINES_MAX) return number;
  throw new CliError(
    `--lines is a number from 0 to ${LINES_MAX}; for more use: tmuxy audit export`,
  );
}
