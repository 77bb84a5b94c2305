import type { Block } from '#tmux-protocol';
import { readKeyBindings } from './key-bindings.js';

const block = (...lines: string[]): Block => ({
  time: 0,
  number: 0,
  flags: 1,
  fromUs: true,
  ok: true,
  lines: lines.map((line) => Buffer.from(line)),
});

describe(readKeyBindings.name, () => {
  it.each(['constructor', '__proto__', 'toString', 'prefix'])('reads a table %j', (table) => {
    const { tables } = readKeyBindings([
      block('k\tC-b\tNone\t500'),
      block(`bind-key -T ${table} x new-window`, `bind-key -r -T ${table} y split-window`),
    ]);
    expect(Object.entries(tables)).toEqual([
      [
        table,
        [
          { key: 'x', repeat: false, command: 'new-window' },
          { key: 'y', repeat: true, command: 'split-window' },
        ],
      ],
    ]);
  });
});
