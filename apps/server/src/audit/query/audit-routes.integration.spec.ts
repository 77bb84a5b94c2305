import { request } from 'node:http';
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditEntry, AuditRecord } from '#audit-log';
import type { AuditPageView, AuditRecordView, AuditStatusView } from '#dto';
import { waitFor } from '#testing';
import { AccessTokensService } from '../../auth/access-tokens/access-tokens.service.js';
import { LOCAL_ACCOUNT } from '../../auth/accounts.js';
import { SignInsService } from '../../auth/sign-ins.service.js';
import { ServerUnderTest } from '../../testing/server-under-test.js';
import { TestClient } from '../../testing/test-client.js';
import { TestStream } from '../../testing/test-stream.js';
import { AUDIT_LOG } from '../audit-log.token.js';
import type { AuditLog } from '../log/audit-log.js';
import { SERVER } from '../who.js';
import { EXPORTS_MAX } from './audit-exports.service.js';
import { FEEDS_PER_CREDENTIAL } from './audit-feeds.service.js';
import { readPage } from './audit-page.js';
import { SEARCHES_WAITING_MAX } from './audit-queries.service.js';
import { AuditReader } from './audit-reader.js';

const HOSTILE = 'x\n{"seq":9}\u001b[2J\u009b1m\u202e\u2028\0=1+1,"';

let server: ServerUnderTest;
let admin: TestClient;

beforeEach(async () => {
  server = await ServerUnderTest.start();
  admin = await server.clientOf({ role: 'admin' });
});

afterEach(() => server.stop());

const logOf = (): AuditLog => server.running.app.get<AuditLog>(AUDIT_LOG);

/** Records what a test looks for. @returns its number */
const add = (entry: Partial<AuditEntry> = {}): Promise<number> =>
  logOf().append({ action: 'test.act', ...SERVER, ...entry }, 'synced');

async function page(query = '', client = admin): Promise<AuditPageView> {
  const { status, body } = await client.request(`api/audit${query}`);
  expect([status, body]).toEqual([200, expect.anything()]);
  return body as AuditPageView;
}

const reasonsIn = ({ records }: AuditPageView): unknown[] => records.map(({ reason }) => reason);

/** The lines of the log on the disk. */
function linesOnDisk(): string[] {
  const dir = join(server.tmux.dir, 'state', 'audit');
  return readdirSync(dir)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .flatMap((name) => readFileSync(join(dir, name), 'utf8').split('\n').slice(0, -1));
}

const recordsOnDisk = (): AuditRecord[] =>
  linesOnDisk().map((line) => JSON.parse(line) as AuditRecord);

function follow(query = '', headers: Record<string, string> = {}, client = admin): TestStream {
  const url = new URL(`api/audit/events${query}`, server.running.url);
  return new TestStream(url, { ...client.credential, ...headers });
}

const recordsOf = (stream: TestStream): AuditRecordView[] =>
  stream.events
    .filter(({ type }) => type === 'record')
    .map(({ data }) => (data as { readonly record: AuditRecordView }).record);

const lastWordOf = (stream: TestStream): unknown => stream.all('fatal')[0];

async function opened(stream: TestStream): Promise<TestStream> {
  await waitFor(() => stream.events.length > 0, { what: 'a first event' });
  return stream;
}

describe('who may read the log', () => {
  const ROUTES = ['api/audit', 'api/audit/events', 'api/audit/export?format=csv'];

  it.each(['viewer', 'operator'] as const)('lets no %s', async (role) => {
    const client = await server.clientOf({ role });
    for (const route of ROUTES) {
      const { status, body } = await client.request(route);
      expect([route, status, body]).toEqual([
        route,
        403,
        expect.objectContaining({ code: 'forbidden', message: 'Only admins read the audit log.' }),
      ]);
    }
    expect(recordsOnDisk().filter(({ action }) => action.startsWith('audit.'))).toEqual([]);
  });

  it('lets nobody who is not signed in', async () => {
    for (const route of ROUTES) {
      const reply = await fetch(new URL(route, server.running.url));
      expect([route, reply.status]).toEqual([route, 401]);
    }
  });

  it('lets admins that only read', async () => {
    const reader = await server.clientOf({ role: 'admin', readOnly: true });
    expect((await page('', reader)).records.length).toBeGreaterThan(0);
  });

  it('lets no admin who may not see all sessions', async () => {
    const { token } = await server.running.app.get(AccessTokensService).create({
      account: LOCAL_ACCOUNT,
      name: 'narrow',
      role: 'admin',
      readOnly: false,
      sessions: ['dev-*'],
      expiresInDays: 1,
    });
    const narrow = TestClient.withToken(server.running.url, token);
    for (const route of ROUTES) expect((await narrow.request(route)).status).toBe(403);
  });
});

describe('GET /api/audit', () => {
  it('gives the newest first, page by page', async () => {
    for (const reason of ['a', 'b', 'c']) await add({ reason });
    const first = await page('?action=test.*&limit=2');
    expect(reasonsIn(first)).toEqual(['c', 'b']);
    const second = await page(`?action=test.*&limit=2&before=${String(first.next)}`);
    expect(reasonsIn(second)).toEqual(['a']);
    expect(second.next).toBeNull();
    expect(first.status).toMatchObject({ required: true, state: 'recording', reason: null });
    expect(first.status.size).toBeGreaterThanOrEqual(first.records[0]!.seq);
    expect(first.records[0]).toEqual(recordsOnDisk().find(({ reason }) => reason === 'c'));
  });

  it('is recorded itself, with its filters, once for all its pages', async () => {
    await page('?q=Something&limit=1');
    await page('?limit=1&before=3');
    const acts = (): AuditRecord[] =>
      recordsOnDisk().filter(({ action }) => action === 'audit.read');
    await waitFor(() => acts().length === 2);
    expect(acts()).toEqual([
      expect.objectContaining({
        actor: expect.objectContaining({ name: 'ana', role: 'admin' }) as unknown,
        params: { q: 'Something' },
        decision: 'allowed',
      }),
      expect.objectContaining({ intent: acts()[0]!.seq, outcome: 'ok' }),
    ]);
  });

  it('lets so many search at once, and refuses more', async () => {
    const reason = 'x'.repeat(4000);
    for (let batch = 0; batch < 5; batch += 1) {
      await Promise.all(Array.from({ length: 100 }, () => add({ reason })));
    }
    const asked = Array.from({ length: 2 * SEARCHES_WAITING_MAX }, () =>
      admin.request('api/audit?actor=nobody&before=9999'),
    );
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(
      SEARCHES_WAITING_MAX,
    );
    expect((await page()).records.length).toBeGreaterThan(0);
  });

  it('refuses bad filters in words', async () => {
    for (const [query, message] of [
      ['?limit=0', "'limit' is a whole number from 1 to 500."],
      ['?before=x', "'before' is a whole number"],
      ['?since=yesterday', "'since' is a time of ISO 8601"],
      ['?decision=maybe', "'decision' is allowed or denied."],
      ['?actor=a&actor=b', "Give the query parameter 'actor' once."],
      ['?user=ana', 'There is a parameter that is not known here.'],
      ['?after=1', 'There is a parameter that is not known here.'],
    ] as const) {
      const { status, body } = await admin.request(`api/audit${query}`);
      expect([query, status, body]).toEqual([
        query,
        400,
        expect.objectContaining({ message: expect.stringContaining(message) as unknown }),
      ]);
    }
  });
});

describe('GET /api/audit/events', () => {
  it('says how the log is, and then what happens', async () => {
    const stream = await opened(follow('?action=test.*'));
    expect(stream.events[0]).toMatchObject({ type: 'status', data: { state: 'recording' } });
    const seq = await add({ reason: 'live' });
    await waitFor(() => recordsOf(stream).length === 1);
    expect(recordsOf(stream)[0]).toMatchObject({ seq, reason: 'live' });
    expect(stream.lastEventId).toBe(String(seq));
    stream.close();
    await waitFor(() =>
      recordsOnDisk().some(
        ({ action, outcome, params }) =>
          action === 'audit.follow' && outcome === 'ok' && params?.['records'] === 1,
      ),
    );
  });

  it('goes on after the last event, or after a page', async () => {
    const seqs = [await add(), await add(), await add()];
    const resumed = follow('?action=test.*', { 'Last-Event-ID': String(seqs[0]) });
    await waitFor(() => recordsOf(resumed).length === 2);
    expect(recordsOf(resumed).map(({ seq }) => seq)).toEqual(seqs.slice(1));
    resumed.close();
    const { status } = await page('?action=test.*');
    const seq = await add();
    const after = follow(`?action=test.*&after=${status.size}`);
    await waitFor(() => recordsOf(after).length === 1);
    expect(recordsOf(after).map((record) => record.seq)).toEqual([seq]);
    after.close();
  });

  it('refuses what makes no sense', async () => {
    for (const query of ['?after=x', '?since=x', '?before=5']) {
      expect((await admin.request(`api/audit/events${query}`)).status).toBe(400);
    }
  });

  it('ends with the sign-in it was opened with', async () => {
    const { row, secret } = await signedIn();
    const stream = await opened(follow('', {}, secret));
    await server.running.app.get(SignInsService).remove(`sign-in:${row}`, 'revoked');
    await waitFor(() => stream.isEnded);
    expect(lastWordOf(stream)).toMatchObject({ code: 'revoked' });
  });

  it('ends with the server', async () => {
    const stream = await opened(follow());
    await server.running.app.close();
    await waitFor(() => stream.isEnded);
    expect(lastWordOf(stream)).toMatchObject({ code: 'draining' });
    const isTold = ({ action, outcome }: AuditRecord): boolean =>
      action === 'audit.follow' && outcome === 'ok';
    expect(recordsOnDisk().filter(isTold)).toHaveLength(1);
  });

  it('closes the oldest of too many', async () => {
    const streams: TestStream[] = [];
    for (let index = 0; index <= FEEDS_PER_CREDENTIAL; index += 1) {
      streams.push(await opened(follow()));
    }
    await waitFor(() => streams[0]!.isEnded);
    expect(lastWordOf(streams[0]!)).toMatchObject({ code: 'too-many-streams' });
    expect(streams.slice(1).every(({ isEnded }) => !isEnded)).toBe(true);
    for (const stream of streams) stream.close();
  });

  it('loses nothing for a client that stops reading for a while', async () => {
    const reason = 'x'.repeat(4000);
    const stalled = await opened(follow('?action=test.*&after=0'));
    stalled.pause();
    // Far more than all buffers between here and there.
    for (let batch = 0; batch < 50; batch += 1) {
      await Promise.all(Array.from({ length: 100 }, () => add({ reason })));
    }
    const quick = await opened(follow('?action=test.*&after=0'));
    await waitFor(() => recordsOf(quick).length === 5000, { timeoutMs: 25_000 });
    expect(recordsOf(stalled).length).toBeLessThan(5000);
    stalled.resume();
    await waitFor(() => recordsOf(stalled).length === 5000, { timeoutMs: 25_000 });
    expect(recordsOf(stalled)).toEqual(recordsOf(quick));
    stalled.close();
    quick.close();
  }, 60_000);

  async function signedIn(): Promise<{ row: string; secret: TestClient }> {
    const before = new Set(
      server.running.app
        .get(SignInsService)
        .list(undefined)
        .map(({ id }) => id),
    );
    const secret = await server.clientOf({ role: 'admin' });
    const row = server.running.app
      .get(SignInsService)
      .list(undefined)
      .find(({ id }) => !before.has(id));
    return { row: row!.id, secret };
  }
});

describe('GET /api/audit/export', () => {
  it('[K15] gives the lines of the log, byte for byte', async () => {
    await add({ reason: HOSTILE, target: { [HOSTILE]: HOSTILE }, params: { path: HOSTILE } });
    const { status, headers, body } = await admin.request('api/audit/export?format=jsonl');
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toBe('application/x-ndjson');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Content-Disposition')).toMatch(
      /^attachment; filename="tmuxy-audit-\d{4}-\d\d-\d\d\.jsonl"$/,
    );
    const lines = (body as string).split('\n').slice(0, -1);
    expect(lines).toEqual(linesOnDisk().slice(0, lines.length));
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    // What `jq -c` would read and write is the same record.
    const record = lines
      .map((line) => JSON.parse(line) as AuditRecord)
      .find(({ action }) => action === 'test.act');
    expect(record).toMatchObject({ reason: HOSTILE, target: { [HOSTILE]: HOSTILE } });
  });

  it('gives CSV that runs nothing, and records that', async () => {
    await add({ reason: '=1+1' });
    await add({ reason: 'not this', outcome: 'failed' });
    const { headers, body } = await admin.request(
      'api/audit/export?format=csv&action=test.*&q=1%2b1',
    );
    expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present');
    const rows = (body as string).split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[1]).toContain(",'=1+1,");
    const acts = (): AuditRecord[] =>
      recordsOnDisk().filter(({ action }) => action === 'audit.export');
    await waitFor(() => acts().length === 2);
    expect(acts()).toEqual([
      expect.objectContaining({ params: { action: 'test.*', q: '1+1', format: 'csv' } }),
      expect.objectContaining({
        outcome: 'ok',
        params: { records: 1, bytes: expect.any(Number) as unknown, damaged: 0 },
      }),
    ]);
  });

  it('is not read for a HEAD, nor is it followed', async () => {
    for (const path of ['api/audit/export', 'api/audit/events']) {
      expect((await admin.request(path, { method: 'HEAD' })).status).toBe(400);
    }
    const [newest] = (await page('?action=audit.*')).records;
    expect(newest?.action).not.toMatch(/export|follow/);
  });

  it('refuses formats that it does not know', async () => {
    for (const query of ['', '?format=xml', '?format=csv&limit=1']) {
      expect((await admin.request(`api/audit/export${query}`)).status).toBe(400);
    }
  });

  it('stops when the client goes away, and lets others in again', async () => {
    const reason = 'x'.repeat(4000);
    for (let batch = 0; batch < 50; batch += 1) {
      await Promise.all(Array.from({ length: 100 }, () => add({ reason })));
    }
    const url = new URL('api/audit/export?format=jsonl', server.running.url);
    let answered = 0;
    const gone = Array.from({ length: EXPORTS_MAX }, () => {
      const sent = request(url, { headers: admin.credential });
      sent.on('response', (response) => {
        answered += 1;
        response.pause();
      });
      sent.on('error', () => undefined);
      sent.end();
      return sent;
    });
    await waitFor(() => answered === EXPORTS_MAX);
    const other = 'api/audit/export?format=csv&actor=nobody';
    expect((await admin.request(other)).status).toBe(429);
    for (const sent of gone) sent.destroy();
    const reader = server.running.app.get(AuditReader);
    const filter = { action: 'audit.export', outcome: 'failed' } as const;
    await waitFor(async () => (await readPage(reader, { filter, limit: 9 })).records.length === 4);
    const { records } = await readPage(reader, { filter, limit: 9 });
    for (const { reason } of records) expect(reason).toContain('The client was gone');
    expect((await admin.request(other)).status).toBe(200);
  }, 60_000);
});

describe('a server that stops', () => {
  it('cuts off exports that nobody reads, and records that', async () => {
    const reason = 'x'.repeat(4000);
    for (let batch = 0; batch < 50; batch += 1) {
      await Promise.all(Array.from({ length: 100 }, () => add({ reason })));
    }
    const url = new URL('api/audit/export?format=jsonl', server.running.url);
    const sent = request(url, { headers: admin.credential });
    const isStalled = new Promise<void>((resolve) => {
      sent.on('response', (response) => {
        response.pause();
        response.on('error', () => undefined);
        resolve();
      });
    });
    sent.on('error', () => undefined);
    sent.end();
    await isStalled;
    await server.running.app.close();
    const ended = recordsOnDisk().find(
      ({ action, outcome }) => action === 'audit.export' && outcome !== undefined,
    );
    expect(ended).toMatchObject({
      outcome: 'failed',
      reason: 'unavailable: The server is stopping.',
    });
    sent.destroy();
  }, 60_000);
});

describe('a log that fails', () => {
  it('tells those who follow it, and is read no more until it is mended', async () => {
    const stream = await opened(follow());
    const statuses = (): AuditStatusView[] =>
      stream.events
        .filter(({ type }) => type === 'status')
        .map(({ data }) => data as AuditStatusView);
    expect(statuses()[0]).toMatchObject({ state: 'recording', required: true });
    const dir = join(server.tmux.dir, 'state', 'audit');
    const segment = join(
      dir,
      readdirSync(dir).find((name) => name.endsWith('.jsonl'))!,
    );
    renameSync(segment, `${segment}.away`);
    await waitFor(async () => (await admin.request('api/audit')).status === 503);
    await waitFor(() => statuses().at(-1)?.state === 'failing');
    expect(statuses().at(-1)?.reason).toBeTruthy();
    for (const route of ['api/audit/events', 'api/audit/export?format=csv']) {
      const { status, body } = await admin.request(route);
      expect([status, body]).toEqual([503, expect.objectContaining({ code: 'unavailable' })]);
    }
    renameSync(`${segment}.away`, segment);
    await waitFor(() => statuses().at(-1)?.state === 'recording', { timeoutMs: 15_000 });
    await add({ reason: 'mended' });
    await waitFor(() => recordsOf(stream).some(({ reason }) => reason === 'mended'));
    expect((await page('?action=test.*')).records).toHaveLength(1);
    stream.close();
  });
});
