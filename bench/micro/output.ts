import type { Work } from './measure.ts';
import type { PaneStream } from './streams.ts';
import type { Subject } from './subject.ts';

/** Works on the way of output: tmux's stream to notifications, bytes to text, text to what viewers are sent. */
export function outputWorks(
  { name: build, ...subject }: Subject,
  { name, isFlood, raw, chunks }: PaneStream,
): readonly Work[] {
  const size = { unit: 'MB', amount: raw.length / 1e6 } as const;
  const named = (what: string): string => `${what}, ${name}|${build}`;
  const parts = [
    { name: named('UTF-8'), ...size, run: () => decodeAll(subject, raw) },
    { name: named('modes'), ...size, run: () => void new subject.ModeTracker().push(raw) },
  ];
  return [
    { name: named('framing, unescaping'), ...size, run: () => readAll(subject, chunks) },
    ...(isFlood ? parts : []),
    { name: named('all up to the event'), ...size, run: () => takeAll(subject, chunks) },
  ];
}

/** What memory can do at all, with the same pieces. */
export function copyWork({ name, raw, chunks }: PaneStream): Work {
  const target = Buffer.alloc(Math.max(...chunks.map(({ length }) => length)));
  return {
    name: `limit: memcpy of tmux's bytes, ${name}|`,
    unit: 'MB',
    amount: raw.length / 1e6,
    run: () => {
      for (const chunk of chunks) chunk.copy(target);
    },
  };
}

type Parts = Omit<Subject, 'name'>;

function readAll({ ControlReader }: Parts, chunks: readonly Buffer[]): void {
  const reader = new ControlReader({ onEvent: () => undefined });
  for (const chunk of chunks) reader.push(chunk);
}

function decodeAll({ Utf8Stream }: Parts, raw: Buffer): void {
  const stream = new Utf8Stream();
  for (let at = 0; at < raw.length; at += 16_384) stream.push(raw.subarray(at, at + 16_384));
}

/** What happens to a chunk from tmux before viewers are told: as control-client.ts and session-stream.ts do it. */
function takeAll({ ControlReader, PaneOutput }: Parts, chunks: readonly Buffer[]): void {
  const output = new PaneOutput();
  const reader = new ControlReader({
    onEvent: ({ notification }) => {
      if (notification?.data !== undefined) output.push(notification.data);
    },
  });
  for (const chunk of chunks) {
    reader.push(chunk);
    const piece = output.take();
    if (piece !== undefined) JSON.stringify({ pane: '%0', ...piece });
  }
}
