import { NotFoundError } from '../http/app-error.js';
import type { TmuxyConfig } from '../config/config.js';
import { MemoryAuditLog } from '../testing/memory-audit-log.js';
import { AuditTrail } from './audit-trail.service.js';
import { AuditUnavailableError } from './audit.errors.js';
import { SERVER, type Who } from './who.js';

const ANA: Who = {
  actor: {
    name: 'ana',
    role: 'operator',
    credential: 'sign-in:1',
    method: 'password',
    address: '192.0.2.1',
  },
  correlationId: 'c-1',
};
const ACT = { action: 'session.kill', target: { id: '$1' } };

function create(audit: TmuxyConfig['audit'] = {}) {
  const log = new MemoryAuditLog();
  const trail = new AuditTrail(log, { audit } as TmuxyConfig);
  return { log, trail };
}

describe(AuditTrail.name, () => {
  it('records the intent before, and the outcome after', async () => {
    const { log, trail } = create();
    const order: string[] = [];
    await trail.around(ANA, ACT, () => {
      order.push(`done with ${log.entries.length} recorded`);
      return Promise.resolve();
    });
    await trail.flush();
    expect(order).toEqual(['done with 1 recorded']);
    expect(log.entries).toEqual([
      { ...ANA, ...ACT, decision: 'allowed' },
      { ...ANA, ...ACT, intent: 1, outcome: 'ok', latencyUs: expect.any(Number) as number },
    ]);
  });

  it('records how it failed, in the words the client reads, and passes the failure on', async () => {
    const { log, trail } = create();
    const gone = new NotFoundError('There is no such session.');
    await expect(trail.around(ANA, ACT, () => Promise.reject(gone))).rejects.toBe(gone);
    await trail.flush();
    expect(log.entries.at(-1)).toMatchObject({
      intent: 1,
      outcome: 'failed',
      reason: 'not-found: There is no such session.',
    });
    expect(trail.isRecorded(gone)).toBe(true);
    expect(trail.isRecorded(new NotFoundError('another'))).toBe(false);
  });

  it('tells nothing of a fault of ours', async () => {
    const { log, trail } = create();
    await expect(
      trail.around(ANA, ACT, () => Promise.reject(new Error('/secret/path'))),
    ).rejects.toThrow();
    await trail.flush();
    expect(log.entries.at(-1)).toMatchObject({ reason: 'internal' });
  });

  it('ends an intent once', async () => {
    const { log, trail } = create();
    const intent = await trail.intent(ANA, ACT);
    intent.done({ bytes: 3 });
    intent.failed(new Error('late'));
    intent.done();
    await trail.flush();
    expect(log.entries.slice(1)).toEqual([
      expect.objectContaining({ outcome: 'ok', params: { bytes: 3 } }),
    ]);
  });

  it('masks what looks like a secret', async () => {
    const { log, trail } = create();
    await trail.intent(ANA, { action: 'x', params: { line: 'export TOKEN=hunter2' } });
    trail.note(ANA, { action: 'y', reason: 'password=hunter2' });
    await trail.flush();
    expect(JSON.stringify(log.entries)).not.toContain('hunter2');
  });

  describe('when it cannot be recorded', () => {
    it('refuses, with the reason and what is to be done, and nothing is done', async () => {
      const { log, trail } = create();
      log.failure = 'the disk is full';
      const work = jest.fn(() => Promise.resolve());
      const refused = trail.around(ANA, ACT, work);
      await expect(refused).rejects.toThrow(AuditUnavailableError);
      await expect(refused).rejects.toThrow(/the disk is full/);
      expect(work).not.toHaveBeenCalled();
    });

    it('does it all the same where that is not required, and records it later', async () => {
      const { log, trail } = create({ required: false });
      log.failure = 'the disk is full';
      const work = jest.fn(() => Promise.resolve());
      await trail.around(ANA, ACT, work);
      expect(work).toHaveBeenCalledTimes(1);
      await trail.flush();
      expect(log.entries).toEqual([]);
      log.failure = undefined;
      await trail.flush();
      expect(log.entries).toEqual([
        { ...ANA, ...ACT, decision: 'allowed' },
        expect.objectContaining({ ...ACT, outcome: 'ok' }),
      ]);
    });

    it('keeps outcomes until they can be, in their order', async () => {
      const { log, trail } = create();
      const intent = await trail.intent(ANA, ACT);
      log.failure = 'the disk is full';
      trail.note(SERVER, { action: 'first' });
      intent.done();
      trail.note(SERVER, { action: 'last' });
      await trail.flush();
      log.failure = undefined;
      await trail.flush();
      expect(log.entries.map(({ action }) => action)).toEqual([
        'session.kill',
        'first',
        'session.kill',
        'last',
      ]);
    });
  });
});
