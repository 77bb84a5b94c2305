import { LOG_CRYPTO } from '#testing';
import fc from 'fast-check';
import { MAX_LINE_BYTES, MAX_STRING } from './bounds.js';
import { encodeRecord, NO_HASH, parseRecord, readLine, writeRecord } from './line.js';
import type { AuditEntry, AuditValue } from './record.js';

const PLACE = {
  v: 1,
  seq: 7,
  ts: '2026-01-02T03:04:05.678Z',
  mono: 12,
  host: 'box',
  epoch: 'ab',
  prev: NO_HASH,
} as const;
const ACTOR = {
  name: 'ada',
  role: 'admin',
  credential: 'sign-in:1',
  method: 'password',
  address: '::1',
} as const;

const write = (entry: Partial<AuditEntry>): string =>
  writeRecord(LOG_CRYPTO, { action: 'file.read', actor: ACTOR, ...entry }, PLACE).line;
const read = (line: string | Uint8Array): ReturnType<typeof readLine> =>
  readLine(LOG_CRYPTO, typeof line === 'string' ? Buffer.from(line) : line);

describe(writeRecord.name, () => {
  it('hashes as documented', () => {
    const { line, hash } = writeRecord(LOG_CRYPTO, { action: 'a.b', actor: ACTOR }, PLACE);
    const json =
      '{"action":"a.b","actor":{"address":"::1","credential":"sign-in:1","method":"password","name":"ada","role":"admin"},' +
      `"epoch":"ab","host":"box","mono":12,"prev":"${NO_HASH}","seq":7,"ts":"2026-01-02T03:04:05.678Z","v":1}`;
    const input = Buffer.concat([Buffer.of(0), Buffer.from(json), Buffer.alloc(32)]);
    expect(hash).toBe(Buffer.from(LOG_CRYPTO.sha256(input)).toString('hex'));
    expect(line).toBe(`${json.slice(0, -1)},"hash":"${hash}"}`);
  });

  it.each([
    ['line feeds', 'x\n{"seq":1}\r\n'],
    ['escape sequences', '\u001b]0;owned\u0007\u009b2J\u007f'],
    ['line separators', 'a\u2028b\u2029c\u0085d'],
    ['turned text', '\u202egpj.exe\u202c\u2066x\u2069\u200f\u061c'],
    ['invisible text', '\ufeff\u200b\u200d\u2060\u00ad\u{e0041}'],
    ['quotes and backslashes', '","hash":"\\u0000\\"}'],
    ['NUL', 'a\u0000b'],
  ])('[K15] keeps %s on one line, escaped, and reads them as they were', (_, text) => {
    const line = write({ actor: { ...ACTOR, name: text }, params: { [text]: [text] } });
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(line)).toMatchObject({ actor: { name: text }, params: { [text]: [text] } });
    expect(read(line)).toEqual({ record: JSON.parse(line) as unknown });
  });

  it('replaces half characters, which UTF-8 cannot hold', () => {
    const line = write({ params: { text: 'a\ud800b\udc00', ok: '\u{1f600}' } });
    expect(JSON.parse(line)).toMatchObject({ params: { text: 'a\ufffdb\ufffd', ok: '\u{1f600}' } });
    expect(read(line).problem).toBeUndefined();
  });

  it('cuts what is too long, and says so', () => {
    const line = write({ params: { text: 'x'.repeat(MAX_STRING + 10) } });
    expect(parseRecord(line)?.params?.['text']).toBe(`${'x'.repeat(MAX_STRING)}… [cut: 10 more]`);
    const much = write({
      target: { file: 'f' },
      params: { all: Array.from({ length: 200 }, () => '\u009b'.repeat(4000)) },
    });
    expect(parseRecord(much)).toMatchObject({
      target: { file: 'f' },
      params: { cut: expect.any(String) as unknown },
    });
  });

  it('writes whatever it is given as one bounded line that reads as written', () => {
    const text = fc.string({ unit: 'binary', maxLength: 50 });
    const value = fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' });
    fc.assert(
      fc.property(text, fc.dictionary(text, value), fc.nat(400), (name, made, factor) => {
        const params = { ...(made as Record<string, AuditValue>), long: name.repeat(factor) };
        const line = write({ actor: { ...ACTOR, name }, params });
        const bytes = Buffer.from(line);
        expect(bytes.length).toBeLessThanOrEqual(MAX_LINE_BYTES);
        expect(line).not.toMatch(/[\n\r]/);
        expect(read(bytes).problem).toBeUndefined();
        const { hash: _hash, ...unhashed } = parseRecord(line)!;
        expect(encodeRecord(LOG_CRYPTO, unhashed).line).toBe(line);
      }),
      { numRuns: 300 },
    );
  });

  it('never fails for what is nested or wide', () => {
    const deep = (depth: number): AuditValue => (depth === 0 ? 'x' : { a: deep(depth - 1) });
    expect(read(write({ params: { deep: deep(2000) } })).problem).toBeUndefined();
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, at]));
    expect(read(write({ params: { wide } })).problem).toBeUndefined();
  });
});

describe(readLine.name, () => {
  const line = write({ params: { text: 'caf\u00e9 \u009b \u{1f600}', count: 3 } });
  const plain = write({ params: { text: 'plain', count: 3 } });

  it.each([
    ['an escape in upper case', line, '\\u009b', '\\u009B'],
    ['an escape made plain', line, '\\u009b', '\u009b'],
    ['a plain letter escaped', plain, 'plain', '\\u0070lain'],
    ['a number written otherwise', plain, '"count":3', '"count":3.0'],
    ['white space', plain, '"count":3', '"count": 3'],
    ['a property twice', plain, '"count":3', '"count":9,"count":3'],
    ['another order', plain, '"count":3,"text":"plain"', '"text":"plain","count":3'],
    [
      'an integer as a name written otherwise',
      write({ params: { 10: 1, 9: 2 } }),
      '"10":1,"9":2',
      '"9":2,"10":1',
    ],
  ])('finds %s, though it means the same', (_, written, from, to) => {
    expect(read(written).problem).toBeUndefined();
    const changed = written.replace(from, to);
    expect(changed).not.toBe(written);
    expect(read(changed).problem).toBeDefined();
  });

  it('finds bytes that decode to the same text', () => {
    const replaced = Buffer.from(write({ params: { text: '\ufffd' } }));
    const at = replaced.indexOf(Buffer.from('\ufffd'));
    const invalid = Buffer.concat([
      replaced.subarray(0, at),
      Buffer.of(0xff),
      replaced.subarray(at + 3),
    ]);
    expect(read(replaced).problem).toBeUndefined();
    expect(read(invalid).problem).toBe('not-text');
    expect(read(Buffer.concat([Buffer.from('\ufeff'), replaced])).problem).toBeDefined();
  });

  it.each([
    ['', 'not-json'],
    ['null', 'not-a-record'],
    ['[]', 'not-a-record'],
    ['{}', 'not-a-record'],
    ['['.repeat(60_000), 'not-json'],
    [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'not-a-record'],
    ['\u0000'.repeat(100), 'not-json'],
  ])('[K27] takes %.20j for what it is', (text, problem) => {
    expect(read(text).problem).toBe(problem);
  });

  it('[K27] does not come to its end with what is nested within a record', () => {
    const nested = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    expect(read(plain.replace('"count":3', `"count":${nested}`)).problem).toBe('not-a-record');
  });
});
