import { once } from 'node:events';
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { AuditRecord } from '#audit-log';
import { waitFor } from '#testing';
import { OneTimeKeysService } from '../auth/one-time-keys.service.js';
import { auditRecords, auditRecordsUntil } from '../testing/audit-records.js';
import { runTmuxy } from '../testing/run-tmuxy.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import { TestClient } from '../testing/test-client.js';
import type { TestStream } from '../testing/test-stream.js';

let server: ServerUnderTest;
let stateDir: string;
let client: TestClient;

beforeEach(async () => {
  server = await ServerUnderTest.start();
  stateDir = join(server.tmux.dir, 'state');
  client = await server.clientOf();
});

afterEach(() => server.stop());

const last = (action: string) => (records: readonly AuditRecord[]) =>
  records.some((record) => record.action === action && record.outcome !== undefined);

/** Records after those that are there now. */
function mark(): () => readonly AuditRecord[] {
  const before = auditRecords(stateDir).length;
  return () => auditRecords(stateDir).slice(before);
}

const ofAction = (records: readonly AuditRecord[], action: string) =>
  records.filter((record) => record.action === action);

describe('the audit log', () => {
  it('tells who did what, from where, before and after', async () => {
    const stream = await client.open('main');
    const pane = (await stream.next('snapshot')).panes[0]!.id;
    const run = await client.command(stream, 'tmux', { command: 'splitw -h -t %0' });
    await client.command(stream, 'rename-window', { window: '@0', name: 'logs' });
    await client.type(stream, pane, 'secret typed text');
    await client.command(stream, 'paste', { pane, data: 'secret pasted text' });
    await client.post('api/sessions', { name: 'second' });
    stream.close();
    const records = await auditRecordsUntil(stateDir, (all) =>
      all.some(({ action }) => action === 'stream.close'),
    );
    const [intent, outcome] = ofAction(records, 'tmux.command');
    expect(intent).toMatchObject({
      actor: { name: 'ana', role: 'operator', method: 'password', address: '127.0.0.1' },
      target: { session: 'main' },
      params: {
        commands: [{ command: 'split-window', args: ['-h', '-t %0'], effects: ['create'] }],
      },
      decision: 'allowed',
      correlationId: run.headers.get('X-Correlation-Id'),
    });
    expect(outcome).toMatchObject({ intent: intent?.seq, outcome: 'ok' });
    expect(ofAction(records, 'tmux.rename-window')[0]).toMatchObject({
      params: { window: '@0', name: 'logs' },
    });
    expect(ofAction(records, 'input.keys')).toMatchObject([
      { target: { session: 'main', pane }, params: { bytes: 17 } },
    ]);
    expect(ofAction(records, 'input.paste')).toMatchObject([{ params: { bytes: 18 } }]);
    expect(ofAction(records, 'session.create')).toMatchObject([
      { target: { session: 'second' } },
      { outcome: 'ok' },
    ]);
    expect(ofAction(records, 'stream.open')).toMatchObject([
      { target: { session: 'main' } },
      { outcome: 'ok', params: { readOnly: false } },
    ]);
    expect(JSON.stringify(records)).not.toMatch(/secret (typed|pasted)/);
    for (const [index, record] of records.entries()) expect(record.seq).toBe(index + 1);
  });

  it('tells of sign-ins, who they were, and that they failed', async () => {
    const key = server.running.app.get(OneTimeKeysService).issueLinkKey();
    await TestClient.signIn(server.running.url, key);
    await TestClient.signIn(server.running.url, 'wrong-key-that-is-a-secret');
    const records = await auditRecordsUntil(
      stateDir,
      (all) => ofAction(all, 'sign-in').length === 4,
    );
    const signIns = ofAction(records, 'sign-in');
    expect(signIns).toMatchObject([
      { actor: { name: null, credential: null }, params: { method: 'key' } },
      { outcome: 'ok', actor: { role: 'admin', method: 'key' } },
      { actor: { name: null } },
      { outcome: 'failed', reason: expect.stringMatching(/^unauthenticated: /) as string },
    ]);
    expect(JSON.stringify(records)).not.toContain(key);
    expect(JSON.stringify(records)).not.toContain('wrong-key');
  });

  it('names the user somebody failed to sign in as, and no name that is nobody', async () => {
    const file = join(server.tmux.dir, 'password');
    writeFileSync(file, 'correct horse battery\n', { mode: 0o600 });
    await runTmuxy(stateDir, 'user', 'add', 'ben', '--password-file', file);
    const guess = (username: string) =>
      client.post('api/sign-in', { username, password: 'wrong guess' });
    await guess('ben');
    await guess('correct horse battery');
    const records = await auditRecordsUntil(
      stateDir,
      (all) => ofAction(all, 'sign-in').length === 4,
    );
    const failed = ofAction(records, 'sign-in').filter(({ outcome }) => outcome === 'failed');
    expect(failed[0]).toMatchObject({ params: { user: 'ben' } });
    expect(JSON.stringify(records)).not.toMatch(/horse|wrong guess/);
  });

  it('tells what is done at the command line', async () => {
    const file = join(server.tmux.dir, 'password');
    writeFileSync(file, 'correct horse battery\n', { mode: 0o600 });
    await runTmuxy(stateDir, 'user', 'add', 'ben', '--role', 'operator', '--password-file', file);
    await runTmuxy(stateDir, 'token', 'create', 'ci', '--role', 'viewer', '--json');
    await client.post('api/sessions', { name: 'after' });
    const records = await auditRecordsUntil(stateDir, last('session.create'));
    expect(ofAction(records, 'user.add')).toMatchObject([
      { actor: { credential: 'cli' }, target: { user: 'ben' }, params: { role: 'operator' } },
      { outcome: 'ok' },
    ]);
    expect(ofAction(records, 'token.create')).toMatchObject([
      { target: { name: 'ci' }, params: { role: 'viewer' } },
      { outcome: 'ok' },
    ]);
    expect(JSON.stringify(records)).not.toContain('horse');
    expect(JSON.stringify(records)).not.toMatch(/tmuxy_[A-Za-z0-9]/);
    for (const [index, record] of records.entries()) expect(record.seq).toBe(index + 1);
  });

  it('tells of an end of a credential and of the server itself', async () => {
    await client.post('api/sign-out', {});
    const records = await auditRecordsUntil(stateDir, (all) =>
      all.some(({ action }) => action === 'credential.end'),
    );
    expect(ofAction(records, 'server.start')).toMatchObject([
      { actor: { credential: 'server' }, params: { version: expect.any(String) as string } },
    ]);
    expect(ofAction(records, 'credential.end')).toMatchObject([{ reason: 'signed-out' }]);
    await server.running.app.close();
    expect(auditRecords(stateDir).some(({ action }) => action === 'server.stop')).toBe(true);
  });
});

describe('[K21] what is refused', () => {
  interface Try {
    readonly what: string;
    readonly code: string;
    readonly send: () => Promise<unknown>;
  }

  async function raw(text: string): Promise<void> {
    const socket = connect(server.running.port, '127.0.0.1');
    socket.end(text);
    socket.resume();
    await once(socket, 'close');
  }

  it('is recorded exactly once, with its code', async () => {
    const stream = await client.open('main');
    const viewer = await server.clientOf({ name: 'vera', role: 'viewer' });
    const watching = await viewer.open('main');
    const nobody = new TestClient(server.running.url, {});
    const foreign = { Origin: 'https://evil.test' };
    const tries: readonly Try[] = [
      { what: 'A', code: 'unauthenticated', send: () => nobody.request('api/me') },
      { what: 'A', code: 'unauthenticated', send: () => nobody.post('api/sign-in', { key: 'no' }) },
      {
        what: 'A',
        code: 'unauthenticated',
        send: () => TestClient.withToken(server.running.url, 'tmuxy_x').request('api/me'),
      },
      {
        what: 'B',
        code: 'session-token-required',
        send: () => client.post('commands?session=main', { cmd: 'resync', args: {} }),
      },
      {
        what: 'B',
        code: 'session-token-invalid',
        send: () => client.post('commands?session=main', {}, { 'X-Session-Token': '0'.repeat(32) }),
      },
      {
        what: 'C',
        code: 'origin-not-allowed',
        send: () => client.post('api/sessions', { name: 'x' }, foreign),
      },
      { what: 'D', code: 'not-found', send: () => client.request('api/file?path=/etc/passwd') },
      {
        what: 'E',
        code: 'policy-denied',
        send: () => client.command(stream, 'tmux', { command: 'run-shell id' }),
      },
      {
        what: 'F',
        code: 'read-only',
        send: () => viewer.command(watching, 'tmux', { command: 'list-keys' }),
      },
      { what: 'I', code: 'not-found', send: () => client.request('api/no-such-thing') },
      { what: 'M', code: 'invalid-request', send: () => client.post('api/sessions', '{"name":') },
      {
        what: 'M',
        code: 'unsupported-media-type',
        send: () => client.request('api/sessions', { method: 'POST', body: 'x' }),
      },
      { what: 'M', code: 'invalid-request', send: () => raw('GET / HTTP/9.9\r\n\r\n') },
      {
        what: 'C',
        code: 'host-not-allowed',
        send: () => raw('GET /api/me HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n'),
      },
    ];
    for (const { what, code, send } of tries) {
      const since = mark();
      await send();
      const refusals = (): readonly AuditRecord[] =>
        since().filter(({ reason = '' }) => reason.startsWith(`${code}:`));
      await waitFor(() => refusals().length > 0);
      // Whatever follows in the log comes after a second record, were there one.
      await client.post('api/sessions', { name: `after-${String(auditRecords(stateDir).length)}` });
      expect({ what, code, records: refusals().length }).toEqual({ what, code, records: 1 });
    }
    stream.close();
    watching.close();
  });

  it('names the rule and the command of a denial', async () => {
    const stream = await client.open('main');
    await client.command(stream, 'tmux', { command: 'run-shell id' });
    const records = await auditRecordsUntil(stateDir, (all) =>
      all.some(({ decision }) => decision === 'denied'),
    );
    expect(records.find(({ decision }) => decision === 'denied')).toMatchObject({
      action: 'request.refused',
      actor: { name: 'ana' },
      rule: expect.any(String) as string,
      target: { session: 'main' },
      params: { command: 'run-shell', status: 403 },
      reason: expect.stringContaining('run-shell') as string,
    });
    stream.close();
  });

  it('names the session and the command that was refused to somebody who only looks', async () => {
    const viewer = await server.clientOf({ name: 'vic', role: 'viewer' });
    const stream = await viewer.open('main');
    const pane = (await stream.next('snapshot')).panes[0]!.id;
    await viewer.command(stream, 'kill-pane', { pane });
    const records = await auditRecordsUntil(stateDir, last('request.refused'));
    expect(ofAction(records, 'request.refused').at(-1)).toMatchObject({
      actor: { name: 'vic' },
      target: { path: '/commands', session: 'main' },
      params: { command: 'kill-pane' },
      reason: expect.stringContaining('read-only') as string,
    });
    stream.close();
  });

  it.each([
    ['a link is asked for with a wrong secret', 'POST', 'api/link', 'unauthenticated'],
    [
      'a provider that is not set up answers',
      'GET',
      'api/sign-in/oidc/callback?code=x',
      'not-found',
    ],
  ])('[K23] is only counted when %s ever again', async (_what, method, path, code) => {
    const nobody = new TestClient(server.running.url, {});
    const since = mark();
    for (let i = 0; i < 30; i++) await nobody.request(path, { method });
    await server.running.app.close();
    const records = since().filter(({ action }) => !/^(?:log|server)\./.test(action));
    expect(records).toHaveLength(11);
    expect(records.at(-1)).toMatchObject({ params: { repeated: 20 }, reason: code });
  });

  it('[K23] is only counted when it comes as a flood', async () => {
    const nobody = new TestClient(server.running.url, {});
    const since = mark();
    for (let i = 0; i < 60; i++) await nobody.request(`api/me?try=${String(i)}`);
    await server.running.app.close();
    const refused = ofAction(since(), 'request.refused');
    const repeated = refused.filter(({ params }) => params?.['repeated'] !== undefined);
    expect(refused).toHaveLength(11);
    expect(repeated).toMatchObject([{ params: { repeated: 50 }, reason: 'unauthenticated' }]);
  });
});

describe('a log that cannot be written', () => {
  let segment: string;
  let stream: TestStream;

  beforeEach(async () => {
    stream = await client.open('main');
    const dir = join(stateDir, 'audit');
    const name = readdirSync(dir).find((file) => file.endsWith('.jsonl')) ?? '';
    segment = join(dir, name);
  });

  afterEach(() => {
    stream.close();
  });

  it('[K13] refuses what is asked for, lets people watch, tells them, and goes on when it is mended', async () => {
    renameSync(segment, `${segment}.away`);
    const before = await server.tmux.run('list-sessions');
    const pane = (await stream.next('snapshot')).panes[0]!.id;
    const refused = [
      await client.command(stream, 'tmux', { command: 'new-window' }),
      await client.command(stream, 'new-window', {}),
      await client.command(stream, 'paste', { pane, data: 'x' }),
      await client.command(stream, 'send-input', { pane, data: 'x', seq: stream.nextSeq() }),
      await client.post('api/sessions', { name: 'none' }),
      await client.request('events?session=main'),
    ];
    for (const { status, body } of refused) {
      expect({ status, body }).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    }
    expect(await server.tmux.run('list-sessions')).toEqual(before);
    expect(await stream.next('notice')).toMatchObject({ level: 'error', code: 'audit-failing' });
    await server.tmux.run('send-keys', '-t', 'main', 'echo still watching', 'Enter');
    await waitFor(() =>
      stream
        .all('output')
        .map(({ data }) => data)
        .join('')
        .includes('still watching'),
    );
    renameSync(`${segment}.away`, segment);
    await waitFor(async () => {
      const { status } = await client.post('api/sessions', { name: 'again' });
      return status === 201;
    });
    await stream.next('notice', ({ code }) => code === 'audit-recording');
  });
});
