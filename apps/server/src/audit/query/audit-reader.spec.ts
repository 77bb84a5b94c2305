import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { segmentName } from '#audit-log';
import { waitFor } from '#testing';
import {
  appendToSegment,
  auditLine,
  auditLines,
  auditRecord,
  writeSegment,
} from '../../testing/audit-files.js';
import type { AuditFinding } from './audit-line.js';
import { AuditReader } from './audit-reader.js';
import { BLOCK_BYTES, LINE_MAX_BYTES } from './log-line.js';
import type { SpentFinding } from './read-backward.js';
import { upTo } from './scan-budget.js';

let dir: string;
let reader: AuditReader;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-audit-'));
  reader = new AuditReader(dir);
});

afterEach(() => {
  rmSync(dir, { recursive: true });
});

/** Numbers of records; what is damaged as `why@offset`. */
async function seen(
  findings: AsyncIterable<AuditFinding | SpentFinding>,
): Promise<(number | string)[]> {
  const all: (number | string)[] = [];
  for await (const finding of findings) all.push(wordOf(finding));
  return all;
}

function wordOf(finding: AuditFinding | SpentFinding): number | string {
  if (finding.kind === 'record') return finding.record.seq;
  return finding.kind === 'spent'
    ? `spent, before ${finding.before}`
    : `${finding.reason}@${finding.offset}`;
}

async function firstOf(
  findings: AsyncIterable<AuditFinding | SpentFinding>,
): Promise<number | string | undefined> {
  for await (const finding of findings) return wordOf(finding);
  return undefined;
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

describe(AuditReader.name, () => {
  it('reads all segments in both directions', async () => {
    writeSegment(dir, 1, auditLines(1, 10));
    writeSegment(dir, 11, auditLines(11, 12));
    writeSegment(dir, 13, auditLines(13, 20));
    writeSegment(dir, 99, ''); // Just begun.
    expect(await seen(reader.forward())).toEqual(range(1, 20));
    expect(await seen(reader.backward())).toEqual(range(1, 20).reverse());
    expect(await reader.lastSeq()).toBe(20);
  });

  it('gives lines as they are in the log', async () => {
    const line = auditLine(1, { target: { path: 'é\u{1f680}' } }).replace('"v":1', '"v": 1');
    writeSegment(dir, 1, line);
    for await (const finding of reader.forward()) {
      expect(finding).toEqual({
        kind: 'record',
        record: auditRecord(1, { target: { path: 'é\u{1f680}' } }),
        line: Buffer.from(line.trimEnd()),
      });
    }
    expect.assertions(1);
  });

  it('has nothing to say where there is no log', async () => {
    reader = new AuditReader(join(dir, 'none'));
    expect(await seen(reader.forward())).toEqual([]);
    expect(await seen(reader.backward())).toEqual([]);
    expect(await reader.lastSeq()).toBe(0);
  });

  it('starts anywhere, in small segments and in large ones', async () => {
    // Lines of very different lengths, in a segment of many blocks.
    const lines = range(1, 3000).map((seq) =>
      auditLine(seq, { reason: 'x'.repeat((seq * 7919) % 2000) }),
    );
    writeSegment(dir, 1, lines.join(''));
    writeSegment(dir, 3001, auditLines(3001, 3003));
    const wanted = [1, 2, 3, 500, 1499, 1500, 1501, 2998, 2999, 3000, 3001, 3002, 3003, 3004, 9999];
    for (const seq of wanted) {
      expect([seq, await firstOf(reader.forward({ from: seq }))]).toEqual([
        seq,
        seq > 3003 ? undefined : seq,
      ]);
      expect([seq, await firstOf(reader.backward({ before: seq }))]).toEqual([
        seq,
        seq === 1 ? undefined : Math.min(seq - 1, 3003),
      ]);
    }
  });

  it('finds a place with few reads', async () => {
    writeSegment(dir, 1, auditLines(1, 20_000));
    let blocks = 0;
    const budget = { take: () => ++blocks <= 1 };
    const found = await seen(reader.backward({ before: 10_000, budget }));
    expect(found[0]).toBe(9999);
    // One block of records, and where to go on.
    expect(found.at(-1)).toBe(`spent, before ${String(found.at(-2))}`);
  });

  it('passes damage on and reads on behind it', async () => {
    const first = auditLine(1);
    const huge = `${'x'.repeat(LINE_MAX_BYTES + 1)}\n`;
    const bad = [
      '\n',
      'null\n',
      '{"seq":2}\n',
      '[[[[\n',
      auditLine(2).replace('"v":1', '"v":2'),
      auditLine(2, { seq: 0 }),
      auditLine(2, { actor: 'root' as never }),
      auditLine(2, { target: 'x' as never }),
      auditLine(2, { params: nested(40) }),
      huge,
    ];
    const content = Buffer.concat([
      Buffer.from(first),
      Buffer.from([0x22, 0xff, 0x22, 0x0a]), // no UTF-8
      Buffer.from(bad.join('')),
      Buffer.from(auditLine(3)),
    ]);
    writeSegment(dir, 1, content);
    const offsets = [first.length, first.length + 4];
    for (const line of bad) offsets.push(offsets.at(-1)! + line.length);
    const expected = [
      1,
      ...offsets.slice(0, -2).map((offset) => `no-record@${offset}`),
      `too-long@${offsets.at(-2)}`,
      3,
    ];
    expect(await seen(reader.forward())).toEqual(expected);
    expect(await seen(reader.backward())).toEqual(expected.toReversed());
    expect(await seen(reader.forward({ from: 3 }))).toEqual([3]);
  });

  it('gets past damage that is larger than its budget', async () => {
    writeSegment(dir, 1, auditLines(1, 5));
    writeSegment(dir, 6, `${auditLines(6, 8)}${'x'.repeat(4 * BLOCK_BYTES)}\n${auditLine(9)}`);
    const all: (number | string)[] = [];
    let before: number | undefined;
    for (let page = 0; page < 10; page += 1) {
      const found = await seen(reader.backward({ before, budget: upTo(2 * BLOCK_BYTES) }));
      all.push(...found.filter((word) => typeof word === 'number'));
      const last = found.at(-1);
      if (typeof last !== 'string' || !last.startsWith('spent')) break;
      before = Number(/\d+/.exec(last)?.[0]);
    }
    expect(all).toEqual([9, ...range(1, 5).reverse()]);
  });

  it('leaves a last line without its end alone while it is the newest, and tells of it later', async () => {
    const whole = auditLines(1, 2);
    writeSegment(dir, 1, whole + auditLine(3).slice(0, 40));
    expect(await seen(reader.forward())).toEqual([1, 2]);
    expect(await seen(reader.backward())).toEqual([2, 1]);
    writeSegment(dir, 4, auditLine(4));
    expect(await seen(reader.forward())).toEqual([1, 2, `torn@${whole.length}`, 4]);
    expect(await seen(reader.backward())).toEqual([4, `torn@${whole.length}`, 2, 1]);
  });

  it('takes nothing for a segment that is no file of this directory', async () => {
    writeSegment(dir, 1, auditLine(1));
    const outside = join(dir, 'outside');
    renameSync(writeSegment(dir, 5, auditLine(5)), outside);
    symlinkSync(outside, join(dir, segmentName(2)));
    mkdirSync(join(dir, segmentName(3)));
    writeSegment(dir, 4, auditLine(4));
    expect(await seen(reader.forward())).toEqual([1, 4]);
    expect(await seen(reader.backward())).toEqual([4, 1]);
  });

  it('goes on when segments are pruned or added meanwhile', async () => {
    for (const first of [1, 11, 21]) writeSegment(dir, first, auditLines(first, first + 9));
    const forward = reader.forward();
    const backward = reader.backward();
    expect(wordOf((await forward.next()).value as AuditFinding)).toBe(1);
    expect(wordOf((await backward.next()).value as AuditFinding)).toBe(30);
    unlinkSync(join(dir, segmentName(11)));
    writeSegment(dir, 31, auditLines(31, 32));
    expect(await seen(forward)).toEqual([...range(2, 10), ...range(21, 32)]);
    expect(await seen(backward)).toEqual([...range(21, 29).reverse(), ...range(1, 10).reverse()]);
  });

  it('survives that a torn end is cut off while it reads', async () => {
    const path = writeSegment(dir, 1, `${auditLines(1, 5)}${'x'.repeat(BLOCK_BYTES * 2)}`);
    const backward = reader.backward();
    const first = backward.next();
    truncateSync(path, auditLines(1, 5).length);
    const rest = await first;
    const found = [...(rest.done === true ? [] : [wordOf(rest.value)]), ...(await seen(backward))];
    expect(found.filter((word) => typeof word === 'number')).toEqual([5, 4, 3, 2, 1]);
  });
});

describe('following', () => {
  let abort: AbortController;
  let got: (number | string)[];
  let running: Promise<void>;

  function follow(after: number, onAppended?: (listener: () => void) => () => void): void {
    abort = new AbortController();
    got = [];
    running = (async () => {
      const { signal } = abort;
      for await (const finding of reader.follow({ after, signal, onAppended })) {
        got.push(wordOf(finding));
      }
    })();
  }

  async function expectGot(expected: readonly (number | string)[]): Promise<void> {
    await waitFor(() => got.length >= expected.length, { what: String(expected) });
    expect(got).toEqual(expected);
  }

  afterEach(async () => {
    abort.abort();
    await running;
  });

  it('gives what others append, over the border of segments, each once', async () => {
    writeSegment(dir, 1, auditLines(1, 3));
    follow(2);
    await expectGot([3]);
    appendToSegment(dir, 1, auditLines(4, 5));
    await expectGot([3, 4, 5]);
    // The rest of the old segment and the new one appear between two looks.
    appendToSegment(dir, 1, auditLine(6));
    writeSegment(dir, 7, auditLine(7));
    await expectGot([3, 4, 5, 6, 7]);
    unlinkSync(join(dir, segmentName(1)));
    appendToSegment(dir, 7, auditLine(8));
    await expectGot([3, 4, 5, 6, 7, 8]);
  });

  it('waits for the end of a line, and for a log', async () => {
    follow(0);
    const line = auditLine(1);
    writeSegment(dir, 1, line.slice(0, 30));
    appendToSegment(dir, 1, line.slice(30) + auditLine(2).slice(0, 5));
    await expectGot([1]);
    appendToSegment(dir, 1, auditLine(2).slice(5));
    await expectGot([1, 2]);
  });

  it('goes on when a torn end is cut off and written over', async () => {
    const path = writeSegment(dir, 1, auditLine(1) + auditLine(2).slice(0, 99));
    follow(0);
    await expectGot([1]);
    truncateSync(path, auditLine(1).length);
    appendToSegment(dir, 1, auditLine(2, { action: 'log.recovered' }));
    await expectGot([1, 2]);
  });

  it('tells of a torn end when the log goes on in another segment', async () => {
    writeSegment(dir, 1, auditLine(1) + auditLine(2).slice(0, 30));
    follow(0);
    await expectGot([1]);
    writeSegment(dir, 3, auditLine(3));
    await expectGot([1, `torn@${auditLine(1).length}`, 3]);
  });

  it('finds its place again in a segment that was cut off', async () => {
    const path = writeSegment(dir, 1, auditLines(1, 5));
    follow(3);
    await expectGot([4, 5]);
    writeFileSync(path, auditLine(1) + auditLine(2) + auditLine(6));
    await expectGot([4, 5, 6]);
  });

  it('is woken by the writer, and lets its alarm go at the end', async () => {
    // Without timers only the alarm can wake it.
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const until = async (condition: () => boolean): Promise<void> => {
      while (!condition()) await new Promise((resolve) => setImmediate(resolve));
    };
    try {
      let wake: (() => void) | undefined;
      writeSegment(dir, 1, auditLine(1));
      follow(0, (listener) => {
        wake = listener;
        return () => {
          wake = undefined;
        };
      });
      await until(() => got.length === 1);
      appendToSegment(dir, 1, auditLine(2));
      wake?.();
      await until(() => got.length === 2);
      abort.abort();
      await running;
      expect(wake).toBeUndefined();
    } finally {
      jest.useRealTimers();
    }
  });
});

function nested(depth: number): Record<string, never> {
  let value: Record<string, unknown> = {};
  for (let level = 0; level < depth; level += 1) value = { deeper: value };
  return value as Record<string, never>;
}
