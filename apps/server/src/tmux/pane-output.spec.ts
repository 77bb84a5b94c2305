import fc from 'fast-check';
import { encodedLength } from '#tmux-protocol';
import { PaneOutput } from './pane-output.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe(PaneOutput.name, () => {
  it('gives what came since the last piece as one, with the position of its first byte', () => {
    const output = new PaneOutput();
    output.push(bytes('ab'));
    output.push(bytes('é'));
    expect(output.take()).toEqual({ offset: 0, data: 'abé' });
    expect(output.take()).toBeUndefined();
    output.push(bytes('c'));
    expect(output.take()).toEqual({ offset: 4, data: 'c' });
    expect(output.offset).toBe(5);
  });

  it('holds an unfinished character back, and does not count it yet', () => {
    const output = new PaneOutput();
    const rocket = bytes('🚀');
    output.push(Buffer.concat([bytes('a'), rocket.subarray(0, 3)]));
    expect(output.take()).toEqual({ offset: 0, data: 'a' });
    expect(output.offset).toBe(1);
    output.push(rocket.subarray(3));
    expect(output.take()).toEqual({ offset: 1, data: '🚀' });
    expect(output.offset).toBe(5);
  });

  it('gives no piece while nothing is complete', () => {
    const output = new PaneOutput();
    output.push(bytes('漢').subarray(0, 1));
    output.push(bytes('漢').subarray(1, 2));
    expect(output.take()).toBeUndefined();
    expect(output.offset).toBe(0);
  });

  it('leaves no gap and doubles nothing, wherever bytes and pieces are cut', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((value) => Buffer.from(value));
    const anyBytes = fc.uint8Array({ maxLength: 40 }).map((value) => Buffer.from(value));
    const cuts = fc.array(fc.record({ size: fc.integer({ min: 1, max: 5 }), take: fc.boolean() }));
    fc.assert(
      fc.property(fc.oneof(text, anyBytes), cuts, (all, plan) => {
        const output = new PaneOutput();
        let position = 0;
        let from = 0;
        for (const { size, take } of [...plan, { size: all.length, take: true }]) {
          output.push(all.subarray(from, from + size));
          from = Math.min(all.length, from + size);
          const piece = take ? output.take() : undefined;
          if (piece === undefined) continue;
          expect(piece.offset).toBe(position);
          position += encodedLength(piece.data);
          expect(output.offset).toBe(position);
        }
        expect(all.length - position).toBeLessThan(4);
      }),
    );
  });

  it('starts at its position again after an interruption, without what was held back', () => {
    const output = new PaneOutput();
    output.push(bytes('sent'));
    output.take();
    output.push(Buffer.concat([bytes('lost'), bytes('漢').subarray(0, 2)]));
    output.interrupt();
    expect(output.take()).toBeUndefined();
    expect(output.offset).toBe(10);
    output.push(bytes('new'));
    expect(output.take()).toEqual({ offset: 10, data: 'new' });
  });

  it('notices that it began inside a character, and only at its beginning', () => {
    const output = new PaneOutput();
    expect(output.startsInsideCharacter(bytes('漢').subarray(1))).toBe(true);
    expect(output.startsInsideCharacter(bytes('漢'))).toBe(false);
    expect(output.startsInsideCharacter(bytes('a'))).toBe(false);
    output.push(bytes('漢').subarray(0, 1));
    expect(output.startsInsideCharacter(bytes('漢').subarray(1))).toBe(false);
  });

  it('counts bells until they are taken, and no end of a title as one', () => {
    const output = new PaneOutput();
    output.push(bytes('\u0007\u001b]2;title\u0007'));
    output.push(bytes('\u0007'));
    expect(output.takeBells()).toBe(2);
    expect(output.takeBells()).toBe(0);
  });

  it('knows modes that tmux does not report, also when their sequence was cut', () => {
    const output = new PaneOutput();
    expect(output.restoreModes()).toBe('');
    output.push(bytes('\u001b[?20'));
    output.push(bytes('04h'));
    expect(output.restoreModes()).toBe('\u001b[?2004h');
  });
});
