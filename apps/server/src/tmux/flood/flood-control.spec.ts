import type { FrameEvent, PaneId } from '#dto';
import type { Block } from '#tmux-protocol';
import type { LineCommand } from '../command-queue.js';
import { FloodControl } from './flood-control.js';
import { BURST_BYTES } from './flood-meter.js';

const text = new TextEncoder();

/** A tmux with one pane of three rows that is answered for when the test says so. */
function createControl() {
  const lines: string[] = [];
  const waiting: (() => void)[] = [];
  const frames: FrameEvent[] = [];
  const told: string[] = [];
  const pane = { rows: ['one', 'two', '$ '], historySize: 0, isShown: true, isGone: false };
  let now = 0;
  const block = (...rows: string[]): Block => ({
    ...{ ok: true, fromUs: true, time: 0, number: 0, flags: 1 },
    lines: rows.map((row) => text.encode(row)),
  });
  const fields = (): string => {
    const values = ['%1', '80', '3', String(pane.historySize), '0', '2', '1', '0'];
    return ['c', ...values, ...Array<string>(17).fill('0')].join('\t');
  };
  const run = (
    commands: readonly LineCommand[],
    onReplied?: (blocks: readonly Block[]) => void,
  ): Promise<unknown> => {
    lines.push(commands.map(({ words }) => words.join(' ')).join(' ; '));
    return new Promise((resolve, reject) => {
      waiting.push(() => {
        if (pane.isGone) {
          reject(new Error("can't find pane"));
          return;
        }
        onReplied?.([block(fields()), ...(commands.length > 1 ? [block(...pane.rows)] : [])]);
        resolve(undefined);
      });
    });
  };
  const control = new FloodControl(
    {
      run,
      paused: (id) => told.push(`paused ${id}`),
      isLeaking: () => false,
      isShown: () => pane.isShown,
      frame: (frame) => frames.push(frame),
      resume: (id) => told.push(`resume ${id}`),
    },
    () => now,
  );
  return {
    control,
    pane,
    lines,
    frames,
    told,
    flood: (id: PaneId = '%1') => control.heard(id, BURST_BYTES + 1, 0),
    /** Lets time pass, answering each line at once. */
    pass: async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 5) {
        now += 5;
        waiting.shift()?.();
        await jest.advanceTimersByTimeAsync(5);
      }
    },
  };
}

describe(FloodControl.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('leaves a pane alone that prints little', async () => {
    const { control, lines, pass } = createControl();
    control.heard('%1', 1000, 0);
    await pass(1000);
    expect(lines).toEqual([]);
  });

  it('pauses one that floods, once, and shows its screen when that differs', async () => {
    const { flood, lines, frames, pane, told, pass } = createControl();
    flood();
    flood();
    await pass(60);
    expect(lines[0]).toBe('refresh-client -A %1:pause');
    expect(lines.filter((line) => line.includes('pause'))).toHaveLength(1);
    expect(told).toEqual(['paused %1']);
    expect(frames).toHaveLength(1);
    expect(frames[0]?.screen).toContain('two');
    pane.rows = ['uno', 'due', '$ '];
    await pass(60);
    expect(frames).toHaveLength(2);
    expect(frames[1]?.screen).toContain('due');
  });

  it('tells the same screen again to who was given a picture meanwhile', async () => {
    const { control, flood, frames, pane, pass } = createControl();
    flood();
    for (let at = 0; at < 3; at += 1) {
      pane.historySize += 50;
      await pass(50);
    }
    expect(frames).toHaveLength(1);
    control.pictured('%1');
    pane.historySize += 50;
    await pass(60);
    expect(frames).toHaveLength(2);
  });

  it('lets it go on when it is calm, and asks no more', async () => {
    const { flood, lines, told, pass } = createControl();
    flood();
    await pass(400);
    expect(told).toEqual(['paused %1', 'resume %1']);
    const asked = lines.length;
    await pass(1000);
    expect(lines).toHaveLength(asked);
  });

  it('asks for two numbers a second while nobody sees it, and at once when somebody does', async () => {
    const { control, flood, lines, frames, pane, pass } = createControl();
    pane.isShown = false;
    flood();
    const scroll = async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += 50) {
        pane.historySize += 50;
        await pass(50);
      }
    };
    await scroll(3000);
    expect(frames).toEqual([]);
    expect(lines.filter((line) => line.includes('capture-pane'))).toEqual([]);
    expect(lines.length).toBeLessThan(6);
    pane.isShown = true;
    control.moved(() => true);
    await pass(20);
    expect(frames).toHaveLength(1);
  });

  it('looks soon after a key', async () => {
    const { control, flood, lines, pass } = createControl();
    flood();
    await pass(15);
    const before = lines.length;
    control.typed('%1');
    await pass(20);
    expect(lines.length).toBeGreaterThan(before);
  });

  it('lets a pane go on that cannot be looked at, and forgets everything when it is stopped', async () => {
    const { control, flood, lines, pane, told, pass } = createControl();
    flood();
    await pass(20);
    pane.isGone = true;
    await pass(100);
    const asked = lines.length;
    await pass(1000);
    expect(lines).toHaveLength(asked);
    pane.isGone = false;
    flood();
    await pass(20);
    control.stop();
    await pass(1000);
    expect(told).toEqual(['paused %1', 'resume %1', 'paused %1']);
  });
});
