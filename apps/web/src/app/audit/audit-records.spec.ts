import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import type { TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { AuditRecordView } from '#dto';
import { FakeEnvironment, settle } from '../stream/fake-environment';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { AuditRecords, EMPTY_PAGES_MAX, HELD_MAX } from './audit-records';
import { fakePage, fakePair, fakeRecord } from './fake-records';
import { BATCH_MS } from './live-batch';

interface Opened {
  readonly records: AuditRecords;
  readonly http: HttpTestingController;
  readonly environment: FakeEnvironment;
  /** The one request that waits for an answer. */
  pending(): TestRequest;
  /** Sends records over the stream, and waits until they are taken in. */
  live(...records: readonly AuditRecordView[]): Promise<void>;
}

function create(): Opened {
  const environment = new FakeEnvironment();
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([]),
      { provide: STREAM_ENVIRONMENT, useValue: environment },
      AuditRecords,
    ],
  });
  const http = TestBed.inject(HttpTestingController);
  return {
    records: TestBed.inject(AuditRecords),
    http,
    environment,
    pending: () => http.expectOne(({ url }) => url === 'api/audit'),
    live: async (...all) => {
      const events = all.map(
        (record) => `event: record\nid: ${record.seq}\ndata: ${JSON.stringify({ record })}\n\n`,
      );
      environment.request(-1).push(events.join(''));
      // Each takes a few turns.
      for (let taken = 0; taken <= all.length; taken += 10) await settle();
      environment.advance(BATCH_MS);
    },
  };
}

async function follow(first: readonly AuditRecordView[], next: number | null = null) {
  const opened = create();
  opened.records.open({}, true);
  opened.pending().flush(fakePage(first, next));
  opened.environment.request(0).open();
  await settle();
  return opened;
}

const seqs = ({ records }: AuditRecords): number[] => records().map(({ seq }) => seq);

describe(AuditRecords.name, () => {
  it('loads the newest, then older ones, until there are no more', () => {
    const { records, pending } = create();
    records.open({ q: 'x' }, false);
    const first = pending();
    expect(first.request.params.get('q')).toBe('x');
    expect(first.request.params.has('before')).toBe(false);
    first.flush(fakePage([fakeRecord(9), fakeRecord(8)], 8));
    expect(records.hasMore()).toBe(true);

    records.more();
    records.more(); // Once is enough.
    const second = pending();
    expect(second.request.params.get('before')).toBe('8');
    expect(second.request.params.get('q')).toBe('x');
    second.flush(fakePage([fakeRecord(3)], null));

    expect(seqs(records)).toEqual([9, 8, 3]);
    expect(records.hasMore()).toBe(false);
    expect(records.isLoading()).toBe(false);
  });

  it('searches on through empty pages by itself, and then asks', () => {
    const { records, http, pending } = create();
    records.open({ q: 'rare' }, false);
    for (let page = 0; page < EMPTY_PAGES_MAX; page++) {
      expect(records.isLoading()).toBe(true);
      pending().flush(fakePage([], 1_000 - page));
    }
    http.expectNone(({ url }) => url === 'api/audit');
    expect(records.isLoading()).toBe(false);
    expect(records.hasMore()).toBe(true);
    expect(records.searchedTo()).toBe(1_000 - EMPTY_PAGES_MAX + 1);

    records.more();
    pending().flush(fakePage([fakeRecord(5)], null));
    expect(seqs(records)).toEqual([5]);
  });

  it('says why it could not load, and goes on when it is asked again', () => {
    const { records, pending } = create();
    records.open({}, false);
    pending().flush(
      { code: 'unavailable', message: 'cannot be recorded', correlationId: 'c' },
      { status: 503, statusText: 'Unavailable' },
    );
    expect(records.problem()).toBe('cannot be recorded');

    records.open({}, false);
    expect(records.problem()).toBeNull();
    pending().flush(fakePage([fakeRecord(1)]));
    expect(seqs(records)).toEqual([1]);
  });

  it('knows when it may not', () => {
    const { records, pending } = create();
    records.open({}, false);
    pending().flush(null, { status: 403, statusText: 'Forbidden' });
    expect(records.isForbidden()).toBe(true);
    expect(records.problem()).toBeNull();
  });

  it('finds the intents that a filter left out', () => {
    const { records, pending } = create();
    const [intent, outcome] = fakePair(5, 'failed');
    records.open({ outcome: 'failed' }, false);
    pending().flush(fakePage([outcome]));

    const lookup = pending();
    expect(lookup.request.params.toString()).toBe('before=6&limit=1');
    lookup.flush(fakePage([intent]));

    expect(seqs(records)).toEqual([6, 5]);
  });

  it('shows what comes live at once while nobody reads further down', async () => {
    const { records, environment, live } = await follow([fakeRecord(100)]);
    expect(environment.request(0).url).toContain('after=100');
    expect(records.live()).toBe('live');

    await live(fakeRecord(101), fakeRecord(102));

    expect(seqs(records)).toEqual([102, 101, 100]);
    expect(records.heldRecords()).toEqual([]);
  });

  it('holds what comes while somebody reads, but for the end of what they see', async () => {
    const [intent, outcome] = fakePair(99);
    const { records, live } = await follow([intent]);
    records.setReading(true);

    await live(outcome, fakeRecord(101), fakeRecord(102));
    expect(seqs(records)).toEqual([100, 99]);
    expect(records.heldRecords()?.map(({ seq }) => seq)).toEqual([102, 101]);

    records.setReading(false);
    expect(seqs(records)).toEqual([102, 101, 100, 99]);
    expect(records.heldRecords()).toEqual([]);
  });

  it('bounds what it holds: then it loads anew', async () => {
    const { records, live, pending } = await follow([fakeRecord(100)]);
    records.setReading(true);
    await live(...Array.from({ length: HELD_MAX + 1 }, (_, index) => fakeRecord(index + 101)));
    expect(records.heldRecords()).toBeNull();
    records.setReading(false);
    expect(seqs(records)).toEqual([100]);

    records.showNew();
    pending().flush(fakePage([fakeRecord(5_000)]));
    expect(seqs(records)).toEqual([5_000]);
    expect(records.heldRecords()).toEqual([]);
  });

  it('is told when the log cannot be written', async () => {
    const { records, environment } = await follow([]);
    const status = { ...fakePage([]).status, state: 'failing', reason: 'full' };
    environment.request(0).event('status', status, '100');
    await settle();
    expect(records.status()).toMatchObject({ state: 'failing', reason: 'full' });
  });

  it('stops to follow when it is opened without, and when it is gone', async () => {
    const { records, environment, pending } = await follow([fakeRecord(100)]);
    records.open({}, false);
    pending().flush(fakePage([fakeRecord(100)]));
    expect(records.live()).toBe('off');
    expect(environment.request(0).init.signal?.aborted).toBe(true);
    expect(environment.requests).toHaveLength(1);

    records.open({}, true);
    pending().flush(fakePage([fakeRecord(100)]));
    expect(environment.requests).toHaveLength(2);
    TestBed.resetTestingModule();
    expect(environment.request(1).init.signal?.aborted).toBe(true);
  });
});
