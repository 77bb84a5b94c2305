import assert from 'node:assert/strict';
import inspector from 'node:inspector';
import { describe, it } from 'node:test';
import { forwardSignals, launch } from './launch.mjs';

describe(forwardSignals.name, () => {
  /** @returns {{ delivered: string[], at: (ms: number) => void, stop: () => void }} */
  function createForwarding() {
    let clock = 0;
    /** @type {string[]} */
    const delivered = [];
    const stop = forwardSignals(
      (signal) => delivered.push(signal),
      () => clock,
    );
    return { delivered, stop, at: (ms) => (clock = ms) };
  }

  it('delivers one press once, however often it arrives', () => {
    const { delivered, at, stop } = createForwarding();
    for (const ms of [0, 3, 90]) {
      at(ms);
      process.emit('SIGINT', 'SIGINT');
    }
    stop();
    assert.deepEqual(delivered, ['SIGINT']);
  });

  it('delivers a second press', () => {
    const { delivered, at, stop } = createForwarding();
    for (const ms of [0, 2000]) {
      at(ms);
      process.emit('SIGINT', 'SIGINT');
    }
    stop();
    assert.deepEqual(delivered, ['SIGINT', 'SIGINT']);
  });

  it('leaves no listener behind', () => {
    const before = process.listenerCount('SIGTERM');
    createForwarding().stop();
    assert.equal(process.listenerCount('SIGTERM'), before);
  });
});

describe(launch.name, () => {
  it('answers the exit code', async () => {
    assert.equal(await launch(process.execPath, ['-e', 'process.exit(7)']), 7);
  });

  it('answers 128 and the number of the signal that ended it', async () => {
    assert.equal(
      await launch(process.execPath, ['-e', "process.kill(process.pid, 'SIGKILL')"]),
      137,
    );
  });

  it('has nobody open the debugger meanwhile', async () => {
    const signal = "setTimeout(() => process.kill(process.ppid, 'SIGUSR1'), 50)";
    const wait = 'setTimeout(() => undefined, 250)';
    await launch(process.execPath, ['-e', `${signal}; ${wait}`]);
    assert.equal(inspector.url(), undefined);
  });

  it('fails when the program cannot be started', async () => {
    await assert.rejects(launch('/nonexistent/program', []), { code: 'ENOENT' });
  });
});
