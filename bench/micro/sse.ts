import type { Work } from './measure.ts';
import type { Subject } from './subject.ts';

const EVENT_CHARACTERS = 4_096;
const VIEWERS = [1, 10, 100];

/** Works on making the bytes of an event for all who watch. */
export function sseWorks({ name: build, frameOf }: Subject): readonly Work[] {
  if (frameOf === undefined) return [];
  let id = 0;
  return VIEWERS.map((viewers) => ({
    name: `SSE frames of an event of 4 KiB for ${String(viewers)} viewers|${build}`,
    unit: 'op',
    amount: viewers,
    run: () => {
      const event = { type: 'output', id: (id += 1), data: 'x'.repeat(EVENT_CHARACTERS) };
      for (let i = 0; i < viewers; i += 1) frameOf(event, '');
    },
  }));
}
