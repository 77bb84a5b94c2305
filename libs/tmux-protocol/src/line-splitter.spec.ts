import fc from 'fast-check';
import { LineTooLongError } from './errors.js';
import { LineSplitter } from './line-splitter.js';

const text = (lines: readonly Uint8Array[]): string[] =>
  lines.map((line) => Buffer.from(line).toString('latin1'));

describe(LineSplitter.name, () => {
  it('gives each line without its LF and keeps the rest', () => {
    const splitter = new LineSplitter();
    expect(text(splitter.push(Buffer.from('one\n\ntwo\nthr')))).toEqual(['one', '', 'two']);
    expect(splitter.pending).toBe(3);
    expect(text(splitter.push(Buffer.from('ee')))).toEqual([]);
    expect(text(splitter.push(Buffer.from('\n')))).toEqual(['three']);
    expect(splitter.pending).toBe(0);
  });

  it('leaves CR and NUL in the line', () => {
    expect(text(new LineSplitter().push(Buffer.from('a\r\0b\r\n')))).toEqual(['a\r\0b\r']);
  });

  it('does not copy a line that lies in one chunk', () => {
    const chunk = Buffer.from('one\ntwo\n');
    const lines = new LineSplitter().push(chunk);
    expect(lines.map((line) => line.buffer === chunk.buffer)).toEqual([true, true]);
  });

  it('gives the same lines however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 8 }).map((line) => line.filter((b) => b !== 10))),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        (lines, sizes) => {
          const stream = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
          const splitter = new LineSplitter();
          const got: Uint8Array[] = [];
          for (let at = 0, i = 0; at < stream.length; i++) {
            const size = sizes[i % sizes.length] ?? 1;
            got.push(...splitter.push(stream.subarray(at, at + size)));
            at += size;
          }
          expect(text(got)).toEqual(text(lines));
          expect(splitter.pending).toBe(0);
        },
      ),
    );
  });

  it('takes a line of exactly the bound and throws past it, in one chunk or in many', () => {
    expect(text(new LineSplitter(4).push(Buffer.from('1234\n')))).toEqual(['1234']);
    expect(() => new LineSplitter(4).push(Buffer.from('12345\n'))).toThrow(LineTooLongError);
    const splitter = new LineSplitter(4);
    splitter.push(Buffer.from('123'));
    expect(() => splitter.push(Buffer.from('45'))).toThrow('longer than 4 bytes');
  });
});
