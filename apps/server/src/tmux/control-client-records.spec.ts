import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlClientRecords } from './control-client-records.js';

describe(ControlClientRecords.name, () => {
  let stateDir: string;
  let directory: string;
  let children: ChildProcess[];

  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'tmuxy-records-'));
    directory = join(stateDir, 'control-clients');
    children = [];
  });

  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(stateDir, { recursive: true });
  });

  function start(): { child: ChildProcess; pid: number } {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    children.push(child);
    if (child.pid === undefined) throw new Error('sleep did not start');
    return { child, pid: child.pid };
  }

  /** Rewrites a record as if another server had made it. */
  function alter(pid: number, changes: Readonly<Record<string, unknown>>): void {
    const file = join(directory, `${pid}.json`);
    const record = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...record, ...changes }));
  }

  it('ends the clients of a server that is gone, by SIGTERM, and forgets them', async () => {
    const records = new ControlClientRecords(stateDir);
    const { child, pid } = start();
    const exited = once(child, 'exit');
    records.add(pid);
    alter(pid, { ownerStartedAt: '1' });
    expect(records.reap()).toEqual([pid]);
    expect(await exited).toEqual([null, 'SIGTERM']);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('leaves the clients of a server that lives alone, its own among them', () => {
    const records = new ControlClientRecords(stateDir);
    const { child, pid } = start();
    records.add(pid);
    expect(records.reap()).toEqual([]);
    expect(readdirSync(directory)).toEqual([`${pid}.json`]);
    expect(child.killed).toBe(false);
    expect(() => process.kill(pid, 0)).not.toThrow();
  });

  it('never ends a process that only has the number of a former client', () => {
    const records = new ControlClientRecords(stateDir);
    const { pid } = start();
    records.add(pid);
    alter(pid, { ownerStartedAt: '1', startedAt: '1' });
    expect(records.reap()).toEqual([]);
    expect(() => process.kill(pid, 0)).not.toThrow();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('knows nothing of a client that was removed or never was', () => {
    const records = new ControlClientRecords(stateDir);
    expect(records.reap()).toEqual([]);
    const { pid } = start();
    records.add(pid);
    records.remove(pid);
    records.remove(pid);
    records.add(2 ** 30);
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each(['', '{"pid":', 'null', '{}', '[]', '"x"', '{"pid":0,"owner":2,"ownerStartedAt":"1"}'])(
    'clears away a record that says %j',
    (text) => {
      mkdirSync(directory);
      writeFileSync(join(directory, '1.json'), text);
      expect(new ControlClientRecords(stateDir).reap()).toEqual([]);
      expect(readdirSync(directory)).toEqual([]);
    },
  );

  it('is for its owner alone', () => {
    const { pid } = start();
    new ControlClientRecords(stateDir).add(pid);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, `${pid}.json`)).mode & 0o777).toBe(0o600);
  });
});
