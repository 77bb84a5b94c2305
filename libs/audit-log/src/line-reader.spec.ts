import { MAX_LINE_BYTES } from './bounds.js';
import { LineReader } from './line-reader.js';

/** Reads in chunks of one size, in memory that is used again for each, as whoever reads a file does. */
function readAll(text: string, chunkBytes: number): readonly (string | number)[] {
  const reader = new LineReader();
  const bytes = Buffer.from(text);
  const chunk = Buffer.alloc(chunkBytes);
  const lines: (string | number)[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const count = bytes.copy(chunk, 0, at);
    for (const line of reader.push(chunk.subarray(0, count))) {
      lines.push(line.bytes === undefined ? line.length : Buffer.from(line.bytes).toString());
    }
  }
  const rest = reader.end();
  return rest === undefined ? lines : [...lines, `torn ${rest.length}`];
}

describe(LineReader.name, () => {
  it('gives the same lines wherever the chunks are cut, in memory that is used again', () => {
    const text = 'one\n\ntwo caf\u00e9\n{"a":1}\nend';
    for (let chunkBytes = 1; chunkBytes <= 30; chunkBytes += 1) {
      expect(readAll(text, chunkBytes)).toEqual(['one', '', 'two caf\u00e9', '{"a":1}', 'torn 3']);
    }
  });

  it.each([1000, 65_536, 1_000_000])(
    '[K27] keeps only the length of what is too long (%i)',
    (chunk) => {
      const longest = 'x'.repeat(MAX_LINE_BYTES);
      expect(readAll(`${longest}\n${longest}y\nnext\n`, chunk)).toEqual([
        longest,
        MAX_LINE_BYTES + 2,
        'next',
      ]);
      expect(readAll('x'.repeat(300_000), chunk)).toEqual(['torn 300000']);
    },
  );
});
