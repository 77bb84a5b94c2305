import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ControlReader } from './blocks.js';
import type { Block, ControlEvent, ControlReaderOptions, ReplyExtent } from './blocks.js';
import { FramingError, LineTooLongError } from './errors.js';
import { parseLayout } from './layout.js';
import type { Notification } from './notifications.js';

const FIXTURES = join(__dirname, 'fixtures');
const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.txt'));
const readFixture = (name: string): Buffer => readFileSync(join(FIXTURES, name));

function read(
  chunks: readonly Uint8Array[],
  options: Omit<ControlReaderOptions, 'onEvent'> = {},
): ControlEvent[] {
  const events: ControlEvent[] = [];
  const reader = new ControlReader({ ...options, onEvent: (event) => events.push(event) });
  for (const chunk of chunks) reader.push(chunk);
  return events;
}

const readText = (text: string, ...extents: readonly (ReplyExtent | undefined)[]): unknown[] => {
  const waiting = [...extents];
  return read([Buffer.from(text)], { expectLines: () => waiting.shift() }).map(describeEvent);
};

/** Events in words, to compare whole streams. */
function describeEvent(event: ControlEvent): unknown {
  if (event.kind === 'notification') return event.notification;
  if (event.kind === 'stray') return { stray: Buffer.from(event.line).toString() };
  return { ok: event.block.ok, fromUs: event.block.fromUs, lines: lines(event.block) };
}

const lines = (block: Block): string[] => block.lines.map((line) => Buffer.from(line).toString());
const blocks = (events: readonly ControlEvent[]): Block[] =>
  events.flatMap((event) => (event.kind === 'block' ? [event.block] : []));
const notifications = (name: string): Notification[] =>
  read([readFixture(name)]).flatMap((event) =>
    event.kind === 'notification' ? [event.notification] : [],
  );

describe(ControlReader.name, () => {
  describe.each(names)('the recording %s', (name) => {
    it('has no line that is not understood, and ends in %exit', () => {
      const events = read([readFixture(name)]);
      const strays = events.filter((event) => event.kind === 'stray').map(describeEvent);
      const late = { stray: '/nonexistent: No such file or directory' };
      expect(strays).toEqual(name === 'errors.txt' ? [late] : []);
      const found = notifications(name);
      expect(found.filter(({ kind }) => kind === 'unknown')).toEqual([]);
      expect(found.at(-1)?.kind).toBe('exit');
    });

    it('gives the same events cut at every byte', () => {
      const stream = readFixture(name);
      const whole = read([stream]);
      expect(read(Array.from(stream, (byte) => Uint8Array.of(byte)))).toEqual(whole);
    });

    it('gives the same events for any chunks', () => {
      const stream = readFixture(name);
      const whole = read([stream]);
      fc.assert(
        fc.property(fc.array(fc.nat(stream.length), { maxLength: 40 }), (cuts) => {
          const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
          const chunks = at.slice(1).map((end, i) => stream.subarray(at[i], end));
          expect(read(chunks)).toEqual(whole);
        }),
        { numRuns: 20 },
      );
    });
  });

  it('reads every layout of the recordings', () => {
    const layouts = names
      .flatMap(notifications)
      .flatMap((notification) => (notification.kind === 'layout-change' ? [notification] : []));
    expect(layouts.length).toBeGreaterThan(10);
    for (const { layout, visibleLayout } of layouts) {
      expect(parseLayout(layout).cols).toBe(parseLayout(visibleLayout).cols);
    }
  });

  it('gives back the recorded bytes of a pane exactly', () => {
    const data = notifications('output-bytes.txt').flatMap((notification) =>
      notification.kind === 'output' ? [notification.data] : [],
    );
    const expected = readFixture('output-bytes.expected');
    expect(expected.length).toBeGreaterThan(12_000);
    expect(Buffer.concat(data).indexOf(expected)).toBeGreaterThan(0);
  });

  it('tells replies to us from those of the attach and of hooks', () => {
    const found = blocks(read([readFixture('errors.txt')]));
    expect(found.filter(({ fromUs }) => !fromUs).map(lines)).toEqual([[], ['hooked']]);
    expect(found.filter(({ ok }) => !ok).map(lines)).toEqual([
      ['parse error: unknown command: bogus'],
      ["can't find pane: %99"],
      ["can't find pane: %99"],
      ['no alternate screen'],
      ['invalid option: nope'],
    ]);
  });

  it('keeps what tmux writes inside a reply as its lines', () => {
    const found = blocks(read([readFixture('pause-and-continue.txt')])).map(lines);
    expect(found).toContainEqual(['%pause %0']);
    expect(found).toContainEqual(['%continue %0']);
  });

  it('delivers each event before it asks about the next reply', () => {
    const order: string[] = [];
    const reader = new ControlReader({
      onEvent: (event) => order.push(event.kind),
      expectLines: () => {
        order.push('asked');
        return undefined;
      },
    });
    reader.push(Buffer.from('%begin 1 1 1\n%end 1 1 1\n%begin 1 2 0\n%end 1 2 0\n%exit\n'));
    reader.push(Buffer.from('%begin 1 3 1\n'));
    expect(order).toEqual(['asked', 'block', 'block', 'notification', 'asked']);
    expect(reader.isInsideBlock).toBe(true);
  });

  it('closes a reply only at the guard with the same time, number and flags', () => {
    const body = [
      '%end 1 2 0',
      '%end 1 3 1',
      '%end 2 2 1',
      ' %end 1 2 1',
      '%end 1 2 1 ',
      '%begin 1 9 1',
    ];
    expect(readText(`%begin 1 2 1\n${body.join('\n')}\n%end 1 2 1\n`)).toEqual([
      { ok: true, fromUs: true, lines: body },
    ]);
  });

  it('leaves guards that match nothing as stray', () => {
    expect(readText('%end 1 2 1\n%error 1 2 1\n%begin\nnoise\n')).toEqual([
      { stray: '%end 1 2 1' },
      { stray: '%error 1 2 1' },
      { stray: '%begin' },
      { stray: 'noise' },
    ]);
  });

  describe('with the number of lines known', () => {
    it('takes forged guards as text', () => {
      const forged = ['%error 1 2 1', '%end 1 2 1', '%output %0 x', '%begin 1 3 1'];
      expect(readText(`%begin 1 2 1\n${forged.join('\n')}\n%end 1 2 1\n%exit\n`, 4)).toEqual([
        { ok: true, fromUs: true, lines: forged },
        { kind: 'exit' },
      ]);
    });

    it('takes any text as text', () => {
      const guard = fc.constantFrom('%end 1 2 1', '%error 1 2 1', '%begin 1 2 1', '%exit', '', 'x');
      fc.assert(
        fc.property(fc.array(guard), (body) => {
          const text = ['%begin 1 2 1', ...body, '%end 1 2 1', ''].join('\n');
          expect(readText(text, body.length)).toEqual([{ ok: true, fromUs: true, lines: body }]);
        }),
      );
    });

    it('sees the error of a command that was to print nothing or one line', () => {
      const failed = '%begin 1 2 1\nno pane\n%error 1 2 1\n';
      const error = { ok: false, fromUs: true, lines: ['no pane'] };
      expect(readText(failed, 0)).toEqual([error]);
      expect(readText(failed, 1)).toEqual([error]);
    });

    it('ends the stream when the reply is longer, and stays ended', () => {
      const reader = new ControlReader({ onEvent: () => undefined, expectLines: () => 1 });
      const push = (text: string): void => {
        reader.push(Buffer.from(text));
      };
      expect(() => push('%begin 1 2 1\na\nb\n')).toThrow(FramingError);
      expect(() => push('%end 1 2 1\n')).toThrow('no %end 1 2 1 after the 1 lines');
    });

    it('ends the stream when a reply that was to be empty is not', () => {
      const longer = '%begin 1 2 1\na\n%end 1 2 1\n';
      expect(() => readText(longer, 0)).toThrow(FramingError);
    });

    it('empties the oldest lines of a reply past its bound and keeps their number', () => {
      const text = '%begin 1 2 1\naaaa\nbbbb\ncccc\ndddd\n%end 1 2 1\n';
      const options = { expectLines: () => 4, maxBlockBytes: 14 };
      const [block] = blocks(read([Buffer.from(text)], options));
      expect(block && lines(block)).toEqual(['', '', 'cccc', 'dddd']);
      expect(() => read([Buffer.from(text)], { maxBlockBytes: 14 })).toThrow(FramingError);
    });

    it('does not ask for replies that are not ours', () => {
      expect(readText('%begin 1 2 0\n%end 1 2 0\n', 7)).toEqual([
        { ok: true, fromUs: false, lines: [] },
      ]);
    });
  });

  describe('with a word that follows the reply', () => {
    const until = { until: 'nonce' };

    it('takes forged guards as text, even with the word on its own', () => {
      const body = ['%end 1 2 1', 'nonce', '%begin 1 3 1', 'nonce', '%error 1 2 1', '%end 1 2 1'];
      const text = [
        '%begin 1 2 1',
        ...body,
        '%end 1 2 1',
        '%begin 1 3 1',
        'nonce',
        '%end 1 3 1',
        '',
      ];
      expect(readText(text.join('\n'), until)).toEqual([
        { ok: true, fromUs: true, lines: body },
        { ok: true, fromUs: true, lines: ['nonce'] },
      ]);
    });

    it('knows an empty reply', () => {
      expect(
        readText('%begin 1 2 1\n%end 1 2 1\n%begin 1 3 1\nnonce\n%end 1 3 1\n%exit\n', until),
      ).toEqual([
        { ok: true, fromUs: true, lines: [] },
        { ok: true, fromUs: true, lines: ['nonce'] },
        { kind: 'exit' },
      ]);
    });
  });

  it('bounds lines and replies', () => {
    const stream = Buffer.from(`%begin 1 2 1\n${'x'.repeat(100)}\n`.repeat(1));
    expect(() => read([stream], { maxLineBytes: 50 })).toThrow(LineTooLongError);
    expect(() => read([stream], { maxBlockBytes: 100 })).toThrow(FramingError);
    expect(read([stream], { maxBlockBytes: 101 })).toEqual([]);
  });
});
