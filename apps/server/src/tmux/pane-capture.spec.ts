import type { Block } from '#tmux-protocol';
import { captureCommands, readCapture } from './pane-capture.js';

const block = (...lines: string[]): Block => ({
  time: 0,
  number: 0,
  flags: 1,
  fromUs: true,
  ok: true,
  lines: lines.map((line) => Buffer.from(line)),
});
/** The fields of a pane of so many rows, in the order in which they are asked for. */
const fields = (height: string): string => {
  const [format = ''] = captureCommands('%0', 0)[0]?.words.slice(-1) ?? [];
  const names = Buffer.from(format).toString().split('\t');
  return names.map((name) => (name === '#{pane_height}' ? height : name && 'c')).join('\t');
};
const text = (rows: readonly Uint8Array[]): string[] =>
  rows.map((row) => Buffer.from(row).toString());

describe(readCapture.name, () => {
  const blocks = [
    block(fields('2')),
    block('\u001b[31mold', '\u001b[42mred', 'more', 'most', 'screen 1', 'screen 2'),
    block(''),
    block(),
  ];

  it('keeps all history that its bound has room for', () => {
    const { history, pen, screen } = readCapture(blocks, 24);
    expect(text(history)).toEqual(['\u001b[31mold', '\u001b[42mred', 'more', 'most']);
    expect(text(screen)).toEqual(['screen 1', 'screen 2']);
    expect(pen).toBe('');
  });

  it('leaves out the oldest rows past its bound, but not their attributes, and never the screen', () => {
    const { history, pen, screen } = readCapture(blocks, 23);
    expect(text(history)).toEqual(['\u001b[42mred', 'more', 'most']);
    expect(pen).toBe('\u001b[31m');
    expect(text(screen)).toEqual(['screen 1', 'screen 2']);
    expect(readCapture(blocks, 15).pen).toBe('\u001b[42m');
    expect(readCapture(blocks, 0).history).toEqual([]);
    expect(text(readCapture(blocks, 0).screen)).toEqual(['screen 1', 'screen 2']);
  });
});
