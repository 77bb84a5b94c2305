import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditStatusView } from '#dto';
import { waitFor } from '#testing';
import type { WireEvent } from '../../events/event-ring.js';
import { RESPONSE_HIGH_WATER_BYTES } from '../../events/viewer-queue.js';
import { appendToSegment, auditLines, writeSegment } from '../../testing/audit-files.js';
import { AuditFeed, type FeedSink } from './audit-feed.js';
import { type AuditFilter, readAuditFilter } from './audit-filter.js';
import { AuditReader } from './audit-reader.js';

const STATUS: AuditStatusView = {
  required: true,
  state: 'recording',
  reason: null,
  size: 3,
  checkpoint: null,
  publicKey: 'k',
};

/** A response whose network takes nothing while it is stalled. */
class FakeSink implements FeedSink {
  readonly sent: WireEvent[] = [];
  isStalled = false;
  isEnded = false;
  isDestroyed = false;
  #pending = 0;
  #onDrain: (() => void)[] = [];

  send(event: WireEvent): void {
    this.sent.push(event);
    if (this.isStalled) this.#pending += event.data.length;
  }

  heartbeat(): void {
    throw new Error('no test is this long');
  }

  end(): void {
    this.isEnded = true;
  }

  destroy(): void {
    this.isDestroyed = true;
  }

  pendingBytes(): number {
    return this.#pending;
  }

  onDrain(callback: () => void): void {
    this.#onDrain.push(callback);
  }

  drain(): void {
    this.isStalled = false;
    this.#pending = 0;
    const waiting = this.#onDrain;
    this.#onDrain = [];
    for (const callback of waiting) callback();
  }
}

let dir: string;
let sink: FakeSink;
let feed: AuditFeed;
let running: Promise<number>;
let status: AuditStatusView;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-audit-'));
  sink = new FakeSink();
  status = STATUS;
});

afterEach(async () => {
  feed.end(undefined);
  await running;
  rmSync(dir, { recursive: true });
});

function start(after?: number, filter: AuditFilter = {}): void {
  feed = new AuditFeed({
    reader: new AuditReader(dir),
    filter,
    after,
    sink,
    status: () => status,
    onAppended: () => () => undefined,
  });
  running = feed.run();
}

const idsOf = (type: string): unknown[] =>
  sink.sent.filter((event) => event.type === type).map(({ id }) => id);

describe(AuditFeed.name, () => {
  it('says how the log is, and what is added from now on', async () => {
    writeSegment(dir, 1, auditLines(1, 3));
    start();
    await waitFor(() => sink.sent.length === 1);
    expect(sink.sent[0]).toEqual({ type: 'status', id: 3, data: JSON.stringify(STATUS) });
    appendToSegment(dir, 1, auditLines(4, 5));
    await waitFor(() => idsOf('record').length === 2);
    expect(idsOf('record')).toEqual([4, 5]);
    expect(JSON.parse(sink.sent[1]!.data)).toMatchObject({ record: { seq: 4 } });
  });

  it('goes on where the client was', async () => {
    writeSegment(dir, 1, auditLines(1, 5));
    start(2);
    await waitFor(() => idsOf('record').length === 3);
    expect(idsOf('record')).toEqual([3, 4, 5]);
  });

  it('does not wait for a place that is not there yet', async () => {
    writeSegment(dir, 1, auditLines(1, 5));
    start(1_000_000);
    await waitFor(() => sink.sent.length === 1);
    appendToSegment(dir, 1, auditLines(6, 6));
    await waitFor(() => idsOf('record').length === 1);
    expect(idsOf('record')).toEqual([6]);
  });

  it('sends only what fits, and remembers how far it looked', async () => {
    writeSegment(dir, 1, auditLines(1, 5));
    start(0, readAuditFilter({ action: 'file.*' }));
    appendToSegment(dir, 1, auditLines(6, 6, { action: 'file.read' }));
    await waitFor(() => idsOf('record').length === 1);
    status = { ...STATUS, size: 4 };
    feed.tellStatus();
    expect(sink.sent.at(-1)).toMatchObject({ type: 'status', id: 6 });
  });

  it('tells each status once', async () => {
    start();
    await waitFor(() => sink.sent.length === 1);
    feed.tellStatus();
    status = { ...STATUS, state: 'failing', reason: 'the disk is full' };
    feed.tellStatus();
    feed.tellStatus();
    expect(idsOf('status')).toHaveLength(2);
  });

  it('reads no further than the client does, and tells it the newest status when it goes on', async () => {
    writeSegment(dir, 1, auditLines(1, 20_000));
    sink.isStalled = true;
    start(0);
    await waitFor(() => sink.pendingBytes() >= RESPONSE_HIGH_WATER_BYTES);
    const held = sink.sent.length;
    for (let size = 0; size < 1000; size += 1) {
      status = { ...STATUS, size };
      feed.tellStatus();
    }
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(sink.sent).toHaveLength(held);
    expect(sink.pendingBytes()).toBeLessThan(RESPONSE_HIGH_WATER_BYTES + 1000);
    sink.drain();
    await waitFor(() => idsOf('record').length === 20_000);
    expect(idsOf('record')).toEqual(Array.from({ length: 20_000 }, (_, at) => at + 1));
    expect(idsOf('status')).toHaveLength(2);
  });

  it('ends with a last word, also while the client does not read', async () => {
    writeSegment(dir, 1, auditLines(1, 20_000));
    sink.isStalled = true;
    start(0);
    await waitFor(() => sink.pendingBytes() >= RESPONSE_HIGH_WATER_BYTES);
    feed.end({ code: 'revoked', message: 'Over.' });
    feed.end({ code: 'draining', message: 'Not said.' });
    const sent = await running;
    expect(sent).toBe(idsOf('record').length);
    expect(sink.sent.at(-1)).toMatchObject({ type: 'fatal' });
    expect(JSON.parse(sink.sent.at(-1)!.data)).toEqual({ code: 'revoked', message: 'Over.' });
    expect(sink.isEnded).toBe(true);
  });
});
