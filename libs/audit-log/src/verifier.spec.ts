import { LOG_CRYPTO, newLogSigner, seeded } from '#testing';
import { signCheckpoint } from './checkpoint.js';
import type { Finding } from './finding.js';
import { encodeRecord, NO_HASH, parseRecord, type Unhashed, writeRecord } from './line.js';
import type { Primitives } from './primitives.js';
import type { AuditEntry } from './record.js';
import { PRUNED, ROTATED, SEGMENT, segmentParams } from './segment-head.js';
import { segmentName } from './segment-name.js';
import { fromHex } from './hex.js';
import { Tree } from './tree.js';
import type { Verification } from './verification.js';
import { Verifier } from './verifier.js';

/** A log in memory: lines with their line feeds. */
interface Log {
  readonly segments: readonly (readonly [name: string, lines: readonly Buffer[]])[];
  readonly notes: readonly string[];
}

const signer = newLogSigner('tmuxy/box');
const ACTOR = { name: 'ada', role: null, credential: 'cli', method: null, address: null } as const;
const PER_SEGMENT = 5;

/** Verifying signatures is what takes time, and the notes are mostly the same. */
const known = new Map<string, boolean>();
const CRYPTO: Primitives = {
  ...LOG_CRYPTO,
  verifySignature: (key, message, signature) => {
    const id = `${Buffer.from(message).toString('latin1')} ${Buffer.from(signature).toString('latin1')}`;
    const found = known.get(id) ?? LOG_CRYPTO.verifySignature(key, message, signature);
    known.set(id, found);
    return found;
  },
};

interface LogPlan {
  /** Records that are somebody's. */
  readonly entries: readonly Partial<AuditEntry>[];
  /** Sizes that are signed; the last is, too. */
  readonly signedAt?: readonly number[];
  readonly clock?: (seq: number) => number;
}

function write({ entries, signedAt = [], clock = (seq) => 1_700_000_000_000 + seq }: LogPlan): Log {
  const tree = new Tree(LOG_CRYPTO);
  let prev = NO_HASH;
  const segments: [string, Buffer[]][] = [];
  const notes: string[] = [];
  const sign = (): void => {
    const checkpoint = { size: tree.size, root: tree.root() };
    notes.push(signCheckpoint(LOG_CRYPTO, signer.key, checkpoint, signer.sign));
  };
  const add = (entry: Partial<AuditEntry>): void => {
    const seq = tree.size + 1;
    const ts = new Date(clock(seq)).toISOString();
    const placement = { v: 1, seq, ts, mono: seq * 10, host: 'box', epoch: 'e1', prev } as const;
    const { line, hash } = writeRecord(
      LOG_CRYPTO,
      { action: 'file.read', actor: ACTOR, ...entry },
      placement,
    );
    segments.at(-1)![1].push(Buffer.from(`${line}\n`));
    tree.add(fromHex(hash));
    prev = hash;
    if (signedAt.includes(seq)) sign();
  };
  const begin = (): void => {
    segments.push([segmentName(tree.size + 1), []]);
    add({ action: SEGMENT, params: segmentParams(tree) });
  };
  begin();
  for (const entry of entries) {
    if (segments.at(-1)![1].length === PER_SEGMENT - 1) {
      add({ action: ROTATED });
      begin();
    }
    add(entry);
  }
  if (!signedAt.includes(tree.size)) sign();
  return { segments, notes };
}

function verify(
  { segments, notes }: Log,
  {
    elsewhere = [],
    key = signer.key,
  }: { elsewhere?: readonly string[]; key?: typeof signer.key } = {},
): Verification {
  const verifier = new Verifier(CRYPTO, key);
  verifier.addCheckpoints('checkpoints', linesOf(notes), { isOwn: true });
  if (elsewhere.length > 0) verifier.addCheckpoints('elsewhere', linesOf(elsewhere));
  for (const [index, [name, lines]] of segments.entries()) {
    verifier.beginSegment(name);
    for (const line of lines) verifier.push(line);
    verifier.endSegment(index === segments.length - 1);
  }
  return verifier.end();
}

const linesOf = (notes: readonly string[]): string[] =>
  notes
    .map((note) => `${note}\n`)
    .join('')
    .split('\n')
    .slice(0, -1);
const errors = (result: Verification): readonly Finding[] =>
  result.findings.filter(({ level }) => level === 'error');
const codes = (result: Verification): readonly string[] => result.findings.map(({ code }) => code);

const ENTRIES = Array.from({ length: 8 }, (_, at) => ({
  params: { at, text: at % 3 === 0 ? 'caf\u00e9 \u009b' : 'plain' },
}));
const log = write({ entries: ENTRIES, signedAt: [4, 9] });
const size = log.segments.reduce((sum, [, lines]) => sum + lines.length, 0);

/** The log with one segment's lines replaced. */
const withLines = (segment: number, change: (lines: Buffer[]) => Buffer[]): Log => ({
  ...log,
  segments: log.segments.map(([name, lines], at) =>
    at === segment ? [name, change([...lines])] : [name, lines],
  ),
});

describe(Verifier.name, () => {
  it('finds nothing wrong with what was written', () => {
    expect(verify(log)).toMatchObject({
      isIntact: true,
      findings: [],
      records: size,
      size,
      vouchedFor: size,
    });
  });

  it('[K1] finds and locates a flipped bit in each byte', () => {
    for (const [segment, [file, lines]] of log.segments.entries()) {
      for (const [at, line] of lines.entries()) {
        // Every byte, and each bit of one in eight; the random changes below try the others.
        for (let byte = 0; byte < line.length - 1; byte += 1) {
          const flipped = Buffer.from(line);
          flipped[byte]! ^= 1 << ((byte + at) % 8);
          const [first] = errors(verify(withLines(segment, (all) => all.with(at, flipped))));
          expect(first?.place).toMatchObject({ file, line: at + 1 });
        }
      }
    }
  });

  it('[K3] finds an end that was cut off before a checkpoint, and says what none covers after it', () => {
    const cut = withLines(2, (lines) => lines.slice(0, -2));
    expect(codes(verify(cut))).toEqual(['truncated']);
    expect(errors(verify(cut))[0]?.place).toMatchObject({ seq: size - 1, lastSeq: size });
    const unsigned = { ...cut, notes: log.notes.slice(0, -1) };
    expect(verify(unsigned)).toMatchObject({ isIntact: true, vouchedFor: 9 });
    expect(codes(verify(unsigned))).toEqual(['unanchored-tail']);
    expect(verify(unsigned).findings[0]?.place).toMatchObject({ seq: 10, lastSeq: size - 2 });
    expect(codes(verify(unsigned, { elsewhere: log.notes }))).toEqual(['truncated']);
  });

  it('[K3] does not take a log for unsigned yet whose checkpoints were taken away', () => {
    const day = 24 * 3600 * 1000;
    const slow = write({
      entries: ENTRIES,
      signedAt: [4, 9],
      clock: (seq) => 1_700_000_000_000 + (seq * day) / 5,
    });
    expect(codes(verify(slow))).toEqual([]);
    expect(codes(verify({ ...slow, notes: slow.notes.slice(0, 2) }))).toEqual(['unanchored-tail']);
    const found = verify({ ...slow, notes: slow.notes.slice(0, 1) });
    expect(codes(found)).toEqual(['unsigned']);
    expect(found.findings[0]?.place).toMatchObject({ seq: 5, lastSeq: size });
    expect(verify({ ...slow, notes: [] })).toMatchObject({ isIntact: false, vouchedFor: null });
  });

  it('[K5] says that a file from elsewhere has no checkpoint', () => {
    const verifier = new Verifier(CRYPTO, signer.key);
    verifier.addCheckpoints('elsewhere', ['', '']);
    expect(codes(verifier.end())).toContain('checkpoints-empty');
  });

  it('[K5] finds log and checkpoints that were rolled back together by a copy from elsewhere', () => {
    const shorter = write({ entries: ENTRIES.slice(0, 4), signedAt: [4] });
    expect(verify(shorter).isIntact).toBe(true);
    expect(codes(verify(shorter, { elsewhere: log.notes }))).toContain('truncated');
    const other = write({
      entries: ENTRIES.map((entry) => ({ ...entry, action: 'x' })),
      signedAt: [4, 9],
    });
    expect(verify(other).isIntact).toBe(true);
    const found = verify(other, { elsewhere: log.notes });
    expect(codes(found)).toEqual(expect.arrayContaining(['checkpoints-contradict', 'rewritten']));
  });

  it('[K7] finds a segment that is gone, renamed, doubled or foreign', () => {
    const [first, second, third] = log.segments;
    const gone = verify({ ...log, segments: [first!, third!] });
    expect(errors(gone).map(({ code }) => code)).toEqual(['segment-missing']);
    expect(gone.findings[0]?.place).toMatchObject({ file: third![0], seq: 6, lastSeq: 10 });
    const begun = verify({ ...log, segments: [second!, third!] });
    expect(codes(begun)).toEqual(['start-missing']);
    const ended = verify({ ...log, segments: [first!, second!] });
    expect(codes(ended)).toEqual(['truncated']);
    const renamed = verify({
      ...log,
      segments: [first!, [segmentName(8), second![1]], third!],
    });
    expect(codes(renamed)).toContain('segment-misnamed');
    const doubled = verify({ ...log, segments: [...log.segments, [segmentName(99), second![1]]] });
    expect(codes(doubled)).toEqual(expect.arrayContaining(['segment-missing', 'out-of-place']));
    const empty = verify({ ...log, segments: [first!, [second![0], []], third!] });
    expect(codes(empty)).toContain('segment-unreadable');
    expect(codes(verify({ ...log, segments: [] }))).toEqual(['empty', 'truncated']);
  });

  it('tells segments that were deleted because they were old from those that are missing', () => {
    const entries = [...ENTRIES.slice(0, 8), { action: PRUNED, params: { before: 6 } }, {}];
    const pruned = write({ entries });
    const rest = verify({ ...pruned, segments: pruned.segments.slice(1) });
    expect(rest).toMatchObject({ isIntact: true, vouchedFor: rest.size });
    expect(codes(rest)).toEqual(['pruned']);
    const more = verify({ ...pruned, segments: pruned.segments.slice(2) });
    expect(codes(more)).toContain('start-missing');
  });

  it('finds a chain that was written again from some record on, between two checkpoints', () => {
    for (let from = 2; from <= size; from += 1) {
      const found = errors(verify(rewritten(from)));
      const signed = [0, 4, 9, size].findLast((checkpoint) => checkpoint < from)!;
      const next = [4, 9, size].find((checkpoint) => checkpoint >= from)!;
      expect(found.find(({ code }) => code === 'rewritten')?.place).toMatchObject({
        seq: signed + 1,
        lastSeq: next,
      });
    }
  });

  it('finds checkpoints that were changed, are of another log or of another key', () => {
    const other = newLogSigner('tmuxy/other');
    const foreign = signCheckpoint(
      LOG_CRYPTO,
      other.key,
      { size: 3, root: new Uint8Array(32) },
      other.sign,
    );
    expect(codes(verify({ ...log, notes: [foreign, ...log.notes] }))).toEqual([
      'checkpoint-other-log',
    ]);
    expect(codes(verify({ ...log, notes: [log.notes[0]!.replace('4', '5')] }))).toContain(
      'checkpoint-not-signed',
    );
    expect(codes(verify({ ...log, notes: ['nonsense\n', ...log.notes] }))).toEqual([
      'checkpoint-malformed',
    ]);
    expect(verify(log, { key: newLogSigner('tmuxy/box').key })).toMatchObject({
      errors: 3,
      vouchedFor: null,
    });
  });

  it('reads checkpoints out of a journal too', () => {
    const lines = log.notes.map((checkpoint) => JSON.stringify({ checkpoint }));
    const verifier = new Verifier(CRYPTO, signer.key);
    verifier.addCheckpoints('journal', lines);
    for (const [index, [name, all]] of log.segments.entries()) {
      verifier.beginSegment(name);
      verifier.push(Buffer.concat(all));
      verifier.endSegment(index === log.segments.length - 1);
    }
    expect(verifier.end()).toMatchObject({ isIntact: true, vouchedFor: size });
  });

  it('takes a note of its own that a crash tore for that', () => {
    const [first, second] = log.notes;
    const verifier = new Verifier(CRYPTO, signer.key);
    verifier.addCheckpoints('checkpoints', `${first!}\n${second!.slice(0, -20)}`.split('\n'), {
      isOwn: true,
    });
    verifier.beginSegment(log.segments[0]![0]);
    verifier.push(Buffer.concat(log.segments[0]![1]));
    verifier.endSegment(true);
    expect(codes(verifier.end())).toEqual(['checkpoint-torn', 'unanchored-tail']);
  });

  it('[K19] notes a clock that was set back, and nothing more', () => {
    const day = 24 * 3600 * 1000;
    const set = write({
      entries: ENTRIES,
      clock: (seq) => 1_700_000_000_000 + seq - (seq > 8 ? day : 0),
    });
    expect(verify(set)).toMatchObject({ isIntact: true, errors: 0, notes: 1 });
    expect(verify(set).findings[0]).toMatchObject({ code: 'clock-set-back', place: { seq: 9 } });
  });

  it('[K27] reads a line without end in little memory, and goes on after it', () => {
    const verifier = new Verifier(CRYPTO, signer.key);
    const [[name, lines]] = log.segments as [Log['segments'][number]];
    verifier.beginSegment(name);
    for (const line of lines.slice(0, 2)) verifier.push(line);
    const chunk = Buffer.alloc(1024 * 1024, '{"a":');
    const before = process.memoryUsage().arrayBuffers;
    for (let megabytes = 0; megabytes < 1024; megabytes += 1) verifier.push(chunk);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
    verifier.push(Buffer.from('\n'));
    for (const line of lines.slice(2)) verifier.push(line);
    verifier.endSegment(true);
    const result = verifier.end();
    expect(result).toMatchObject({ isIntact: false, records: lines.length });
    expect(codes(result)).toContain('line-too-long');
  });

  it('[K27] keeps a bounded number of findings, and counts the rest', () => {
    const noise = Array.from({ length: 5000 }, () => Buffer.from('{}\n'));
    const result = verify(withLines(1, (lines) => [...lines, ...noise]));
    expect(result.errors).toBeGreaterThanOrEqual(5000);
    expect(result.findings.length).toBeLessThanOrEqual(2000);
  });

  it('[K1] [K7] finds and locates 100,000 random changes', () => {
    const random = seeded(20_261_126);
    const missed: string[] = [];
    for (let trial = 0; trial < 100_000; trial += 1) {
      const change = randomChange(random);
      if (change !== undefined && !isLocated(change, verify(change.log))) {
        missed.push(`${trial}: ${change.what}`);
      }
    }
    expect(missed).toEqual([]);
  }, 120_000);
});

/** A change and where it is: a line of a segment, and the record that was there. */
interface Change {
  readonly what: string;
  readonly log: Log;
  readonly file: string;
  readonly line: number;
  readonly seq: number;
}

function isLocated({ file, line, seq }: Change, result: Verification): boolean {
  return errors(result).some(({ place }) => {
    const isByLine =
      place.file === file && place.line !== undefined && Math.abs(place.line - line) <= 1;
    const isBySeq =
      place.seq !== undefined && place.seq <= seq + 1 && (place.lastSeq ?? place.seq) >= seq - 1;
    return isByLine || isBySeq;
  });
}

/** One change of one place; undefined when it would change nothing. */
function randomChange(random: () => number): Change | undefined {
  const below = (count: number): number => Math.floor(random() * count);
  const segment = below(log.segments.length);
  const [file, lines] = log.segments[segment]!;
  const at = below(lines.length);
  const line = lines[at]!;
  const byte = below(line.length);
  const seq = Number(file.slice(0, 20)) + at;
  const changed = (what: string, next: Buffer[], first = at): Change | undefined =>
    Buffer.concat(next).equals(Buffer.concat(lines))
      ? undefined
      : {
          what: `${what} at ${file}:${at + 1}:${byte}`,
          log: withLines(segment, () => next),
          file,
          line: first + 1,
          seq: seq - at + first,
        };
  const replaced = (what: string, next: Buffer): Change | undefined =>
    changed(what, lines.with(at, next));
  switch (below(11)) {
    case 0:
      return replaced('flip', Buffer.from(line.with(byte, line[byte]! ^ (1 << below(8)))));
    case 1:
      return replaced('byte', Buffer.from(line.with(byte, below(256))));
    case 2:
      return replaced(
        'insert',
        Buffer.concat([line.subarray(0, byte), Buffer.of(below(256)), line.subarray(byte)]),
      );
    case 3:
      return replaced(
        'delete',
        Buffer.concat([line.subarray(0, byte), line.subarray(byte + 1 + below(20))]),
      );
    case 4:
      return changed('drop', lines.toSpliced(at, 1));
    case 5:
      return changed('double', lines.toSpliced(below(lines.length + 1), 0, line), at);
    case 6: {
      const other = below(lines.length);
      return changed('swap', lines.with(at, lines[other]!).with(other, line), Math.min(at, other));
    }
    case 7: {
      const to = below(lines.length);
      return changed('move', lines.toSpliced(at, 1).toSpliced(to, 0, line), Math.min(at, to));
    }
    case 8:
      // Everything after it in the segment is gone.
      return changed('truncate', [...lines.slice(0, at), line.subarray(0, byte)]);
    case 9:
      return replaced('edit', edited(line, below));
    default: {
      const from = Math.max(seq, 2);
      const name = log.segments.findLast(([first]) => Number(first.slice(0, 20)) <= from)![0];
      const place = { file: name, line: from - Number(name.slice(0, 20)) + 1, seq: from };
      return { what: `rewrite from ${from}`, log: rewritten(from, `v${below(1e6)}`), ...place };
    }
  }
}

/** A field of a record edited, its own hash made right: only what is after it shows. */
function edited(line: Buffer, below: (count: number) => number): Buffer {
  const { hash: _hash, ...record } = parseRecord(line.toString())!;
  const edits: readonly Partial<Unhashed>[] = [
    { action: 'nothing.done' },
    { actor: { ...ACTOR, name: 'eve' } },
    { ts: '2020-01-01T00:00:00.000Z' },
    { mono: record.mono + 1 },
    { seq: record.seq + 1 + below(3) },
    { host: 'fox' },
    { params: { text: 'other' } },
  ];
  const unhashed = { ...record, ...edits[below(edits.length)] };
  return Buffer.from(`${encodeRecord(LOG_CRYPTO, unhashed).line}\n`);
}

/** The whole chain written again from one record on, every hash right. */
function rewritten(from: number, text = 'forged'): Log {
  let prev = '';
  const segments = log.segments.map(([name, lines]) => {
    const next = lines.map((line) => {
      const { hash, ...record } = parseRecord(line.toString())!;
      if (record.seq < from) {
        prev = hash;
        return line;
      }
      const target = record.seq === from ? { target: { text } } : {};
      const written = encodeRecord(LOG_CRYPTO, { ...record, ...target, prev });
      prev = written.hash;
      return Buffer.from(`${written.line}\n`);
    });
    return [name, next] as const;
  });
  return { ...log, segments };
}
