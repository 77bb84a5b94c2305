import { type FileHandle, open, rm } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { Asciicast, type AsciicastVersion } from '../audit/query/asciicast.js';
import { type AuditFilter, matches } from '../audit/query/audit-filter.js';
import type { AuditReader } from '../audit/query/audit-reader.js';
import { EXPORT_FORMATS, exportChunks } from '../audit/query/export-chunks.js';
import { type ScanBudget, UNLIMITED, untilAborted } from '../audit/query/scan-budget.js';
import { environment } from '../config/environment.js';
import { errorCode } from '../config/error-code.js';
import { addAuditDirFlags, addFilterFlags, filterIn, readingAudit } from './audit-flags.js';
import { damageText } from './audit-text.js';
import { CliError } from './cli.errors.js';
import type { Flags } from './config-flags.js';
import { printing } from './print.js';

const ASCIICASTS: Readonly<Record<string, AsciicastVersion>> = {
  'asciicast-v2': 2,
  'asciicast-v3': 3,
};
const FORMATS = [...EXPORT_FORMATS, ...Object.keys(ASCIICASTS)];

/** `tmuxy audit export`: the log, or a part of it, as a file. */
export function addAuditExport(audit: Command): void {
  const command = audit
    .command('export')
    .description('write records of the audit log as JSON Lines, CSV or asciicast')
    .addOption(
      new Option('--format <format>', 'asciicast is of one --session')
        .choices(FORMATS)
        .default('jsonl'),
    )
    .option('--out <file>', 'a new file for them, instead of standard output');
  addAuditDirFlags(addFilterFlags(command)).action(async (flags: Flags) => {
    const filter = filterIn(flags);
    const toChunks = converterOf(String(flags['format']), filter);
    const { out } = flags;
    await readingAudit(flags, (reader) =>
      typeof out === 'string'
        ? intoFile(out, toChunks(reader, UNLIMITED))
        : printing(async (print, signal) => {
            for await (const chunk of toChunks(reader, untilAborted(signal))) await print(chunk);
          }),
    );
  });
}

type Converter = (reader: AuditReader, budget: ScanBudget) => AsyncIterable<string | Uint8Array>;

/** @throws CliError when an asciicast is not of one session */
function converterOf(format: string, filter: AuditFilter): Converter {
  const version = ASCIICASTS[format];
  const plain = EXPORT_FORMATS.find((known) => known === format);
  if (plain !== undefined) {
    const count = { records: 0, bytes: 0, damaged: 0 };
    return async function* (reader, budget) {
      yield* exportChunks(reader, { format: plain, filter, budget }, count);
      if (count.damaged > 0) {
        process.stderr.write(
          `tmuxy: left out ${count.damaged} damaged lines. See: tmuxy audit verify\n`,
        );
      }
    };
  }
  const { session } = filter;
  if (version === undefined || session === undefined) {
    throw new CliError('An asciicast is of one session: say which with --session.');
  }
  return (reader, budget) => asciicastLines(reader, { version, session, filter, budget });
}

async function* asciicastLines(
  reader: AuditReader,
  wanted: {
    readonly version: AsciicastVersion;
    readonly session: string;
    readonly filter: AuditFilter;
    readonly budget: ScanBudget;
  },
): AsyncGenerator<string, void, undefined> {
  const cast = new Asciicast(wanted.version);
  let isBegun = false;
  for await (const finding of reader.forward({ budget: wanted.budget })) {
    if (finding.kind === 'damaged') {
      process.stderr.write(`tmuxy: ${damageText(finding)}\n`);
      continue;
    }
    const { record } = finding;
    if (!matches(record, wanted.filter)) continue;
    if (!isBegun) {
      yield cast.header({ title: wanted.session, startedAt: record.ts, env: environment() });
    }
    isBegun = true;
    yield cast.event(record);
  }
  if (!isBegun) throw new CliError('The log has nothing of this session that fits.');
}

/** Others' commands are in it, so it is for its owner only. @throws CliError */
async function intoFile(path: string, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  let file: FileHandle;
  try {
    file = await open(path, 'wx', 0o600);
  } catch (error) {
    const code = errorCode(error) ?? 'unknown';
    throw new CliError(
      code === 'EEXIST'
        ? `${path} is there already. Give the name of a new file.`
        : `${path} cannot be written (${code}).`,
    );
  }
  try {
    await file.writeFile(chunks);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}
