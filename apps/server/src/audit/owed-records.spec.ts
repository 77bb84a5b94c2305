import { setImmediate } from 'node:timers/promises';
import { MemoryAuditLog } from '../testing/memory-audit-log.js';
import { OWED_MAX, OwedRecords } from './owed-records.js';
import { SERVER } from './who.js';

const entry = (action: string) => ({ action, ...SERVER });

describe(OwedRecords.name, () => {
  it('keeps what cannot be written, up to a bound, and counts the rest', async () => {
    const log = new MemoryAuditLog();
    const owed = new OwedRecords(log);
    log.failure = 'the disk is full';
    for (let i = 0; i < OWED_MAX + 5; i++) owed.add(entry(`a.${i}`));
    await owed.flush();
    log.failure = undefined;
    await owed.flush();
    expect(log.entries).toHaveLength(OWED_MAX + 1);
    expect(log.entries[0]?.action).toBe('a.0');
    expect(log.entries.at(-1)).toMatchObject({ action: 'log.lost', params: { records: 5 } });
  });

  it('writes what is added in any moment while it ends', async () => {
    for (let turns = 0; turns < 20; turns += 1) {
      const log = new MemoryAuditLog();
      const owed = new OwedRecords(log);
      owed.add(entry('first'));
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      owed.add(entry('second'));
      await setImmediate();
      expect(log.entries.map(({ action }) => action)).toEqual(['first', 'second']);
    }
  });

  it('tries again by itself', async () => {
    jest.useFakeTimers();
    try {
      const log = new MemoryAuditLog();
      const owed = new OwedRecords(log);
      log.failure = 'the disk is full';
      owed.add(entry('a'));
      await jest.advanceTimersByTimeAsync(0);
      log.failure = undefined;
      expect(log.entries).toEqual([]);
      await jest.advanceTimersByTimeAsync(1_000);
      expect(log.entries).toHaveLength(1);
    } finally {
      jest.useRealTimers();
    }
  });
});
