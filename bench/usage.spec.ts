import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cpuSecondsOf, kilobytesOf, memoryOf, metered, usageOf } from './usage.ts';

void describe(cpuSecondsOf.name, () => {
  void it('adds user and system time, own and of ended children', () => {
    const stat = '42 (a) b (c) S 1 42 42 0 -1 4194304 9 8 7 6 150 50 25 75 20 0 1 0 1 2 3';
    assert.equal(cpuSecondsOf(stat), 3);
  });
});

void describe(kilobytesOf.name, () => {
  void it('finds a field by its whole name', () => {
    const text = 'Rss:    10 kB\nPss:     4 kB\nPss_Dirty:  1 kB\n';
    assert.equal(kilobytesOf(text, 'Pss'), 4096);
    assert.equal(kilobytesOf(text, 'Swap'), 0);
  });
});

void describe(usageOf.name, () => {
  void it('sees this very process', async () => {
    const usage = await usageOf(process.pid);
    assert.ok(usage.rssBytes > 1_000_000 && usage.descriptors > 2);
  });

  void it('counts an ended process as nothing', async () => {
    assert.equal((await usageOf(2 ** 22 + 1)).rssBytes, 0);
  });
});

void describe(memoryOf.name, () => {
  void it('is at most what is resident', async () => {
    const memory = await memoryOf(process.pid);
    assert.ok(memory > 1_000_000);
    assert.equal(await memoryOf(2 ** 22 + 1), 0);
  });
});

void describe(metered.name, () => {
  void it('counts only what was taken meanwhile', async () => {
    const pids = { server: process.pid, tmux: 2 ** 22 + 1 };
    const { result, serverCpuSeconds, tmuxCpuSeconds } = await metered(pids, () => {
      let sum = 0;
      for (let round = 0; round < 2e8; round += 1) sum += round % 7;
      return Promise.resolve(sum > 0 ? 'done' : 'nothing');
    });
    assert.equal(result, 'done');
    assert.ok(serverCpuSeconds > 0);
    assert.equal(tmuxCpuSeconds, 0);
  });
});
