import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesBackward } from './lines-backward.js';
import { linesForward } from './lines-forward.js';
import { BLOCK_BYTES, LINE_MAX_BYTES, type LogLine } from './log-line.js';
import { UNLIMITED, upTo } from './scan-budget.js';

let dir: string;
let file: FileHandle | undefined;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-lines-'));
});

afterEach(async () => {
  await file?.close();
  file = undefined;
  rmSync(dir, { recursive: true });
});

async function fileOf(content: string | Buffer): Promise<FileHandle> {
  await file?.close();
  writeFileSync(join(dir, 'file'), content);
  file = await open(join(dir, 'file'));
  return file;
}

async function all(batches: AsyncIterable<readonly LogLine[]>): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for await (const batch of batches) lines.push(...batch);
  return lines;
}

async function forward(content: string | Buffer, from = 0): Promise<LogLine[]> {
  return await all(linesForward(await fileOf(content), from, UNLIMITED));
}

async function backward(content: string | Buffer): Promise<LogLine[]> {
  const handle = await fileOf(content);
  return await all(linesBackward(handle, (await handle.stat()).size, UNLIMITED));
}

const textOf = ({ bytes, isEnded }: LogLine): string =>
  `${bytes?.toString() ?? '(too long)'}${isEnded ? '\n' : ''}`;

const placeOf = ({ offset, length, isEnded, bytes }: LogLine): unknown => ({
  offset,
  length,
  isEnded,
  isKept: bytes !== undefined,
});

describe('reading lines', () => {
  it('gives the same lines from both ends, wherever the border of a block falls', async () => {
    // A character of four bytes, and a line end, on each byte around a border of both directions.
    for (let shift = 0; shift < 12; shift += 1) {
      const content =
        `${'a'.repeat(BLOCK_BYTES - 8 + shift)}🚀\n` +
        `é漢\n\n${'b'.repeat(BLOCK_BYTES - 5)}🚀\nend\n`;
      const forwards = await forward(content);
      expect(forwards.map(textOf).join('')).toBe(content);
      expect((await backward(content)).reverse().map(textOf)).toEqual(forwards.map(textOf));
      const raw = Buffer.from(content);
      for (const { offset, length, bytes } of [...forwards, ...(await backward(content))]) {
        expect(raw.subarray(offset, offset + length).equals(bytes!)).toBe(true);
      }
    }
  });

  it.each([
    ['nothing', '', []],
    ['one line', 'a\n', ['a\n']],
    ['an empty line', '\n', ['\n']],
    ['a torn end', 'a\nb', ['a\n', 'b']],
    ['only a torn end', 'b', ['b']],
  ])('reads %s', async (_what, content, expected) => {
    expect((await forward(content)).map(textOf)).toEqual(expected);
    expect((await backward(content)).map(textOf)).toEqual(expected.toReversed());
  });

  it('begins where it is told', async () => {
    expect((await forward('one\ntwo\nthree\n', 4)).map(textOf)).toEqual(['two\n', 'three\n']);
  });

  it('keeps of a line that is too long only its length, and goes on behind it', async () => {
    for (const length of [LINE_MAX_BYTES, LINE_MAX_BYTES + 1, 5 * LINE_MAX_BYTES + 3]) {
      const content = `before\n${'x'.repeat(length)}\nafter\n`;
      const lines = await forward(content);
      expect(lines.map((line) => line.length)).toEqual([6, length, 5]);
      expect(lines[1]?.bytes === undefined).toBe(length > LINE_MAX_BYTES);
      expect((await backward(content)).reverse().map(placeOf)).toEqual(lines.map(placeOf));
    }
  });

  it('stops within a line when its budget is spent', async () => {
    const handle = await fileOf('x\n'.repeat(BLOCK_BYTES));
    const { size } = await handle.stat();
    const half = await all(linesBackward(handle, size, upTo(BLOCK_BYTES)));
    expect(half).toHaveLength(BLOCK_BYTES / 2 - 1);
    expect(await all(linesForward(handle, 0, upTo(BLOCK_BYTES)))).toHaveLength(BLOCK_BYTES / 2);
    expect(await all(linesForward(handle, 0, upTo(0)))).toEqual([]);
  });
});
