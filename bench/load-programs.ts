import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One row of a log with colours. */
export function logLine(line: number): string {
  const level = line % 10 === 0 ? '\x1b[33mWARN\x1b[0m' : '\x1b[32mINFO\x1b[0m';
  const time = `2026-01-01T00:00:00.${String(line % 1000).padStart(3, '0')}Z`;
  return `${time} ${level} request ${line} took ${line % 97} ms\n`;
}

/** Log text with colours, of at least so many bytes. @returns how to print it in the folder's shells */
export async function writeLog(folder: string, bytes: number): Promise<string> {
  const file = createWriteStream(join(folder, 'log'));
  for (let line = 0, written = 0; written < bytes; line += 1) {
    const text = logLine(line);
    written += text.length;
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  return 'cat ~/log';
}

/** A program that prints coloured text as fast as it is taken. @returns how to run it */
export async function writeEndless(folder: string): Promise<string> {
  const text = logLine(1)
    .trimEnd()
    .replaceAll('\x1b', String.raw`\033`);
  await writeFile(join(folder, 'endless'), `exec yes "$(printf '${text}')"\n`);
  return 'sh ~/endless';
}

/** What a busy session prints. */
export const BUSY_LINES_PER_SECOND = 2000;

/** A program that prints so many lines a second, evenly, until it is ended. @returns how to run it */
export async function writePaced(
  folder: string,
  linesPerSecond = BUSY_LINES_PER_SECOND,
): Promise<string> {
  await writeFile(
    join(folder, 'paced.mjs'),
    `const text = ${JSON.stringify(logLine(1))};
const begun = performance.now();
let printed = 0;
setInterval(() => {
  const due = Math.floor(((performance.now() - begun) / 1000) * ${linesPerSecond});
  process.stdout.write(text.repeat(due - printed));
  printed = due;
}, 10);
`,
  );
  return `'${process.execPath}' ~/paced.mjs`;
}
