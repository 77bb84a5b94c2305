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
