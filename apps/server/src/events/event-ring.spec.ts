import { EventRing, type NumberedEvent } from './event-ring.js';

const event = (id: number, data = `event ${id}`): NumberedEvent => ({ type: 'output', id, data });

function createRing(ids: readonly number[], maxBytes = 1000): EventRing {
  const ring = new EventRing(maxBytes);
  for (const id of ids) ring.push(event(id));
  return ring;
}

const idsAfter = (ring: EventRing, id: number, lastId: number): readonly number[] | undefined =>
  ring.after(id, lastId)?.map((kept) => kept.id);

describe(EventRing.name, () => {
  it('gives what came after an id, in order', () => {
    const ring = createRing([11, 12, 13]);
    expect(idsAfter(ring, 10, 13)).toEqual([11, 12, 13]);
    expect(idsAfter(ring, 11, 13)).toEqual([12, 13]);
    expect(ring.after(12, 13)).toEqual([event(13)]);
  });

  it('gives nothing to a viewer that missed nothing, also when nothing is kept', () => {
    expect(idsAfter(createRing([11, 12]), 12, 12)).toEqual([]);
    expect(idsAfter(createRing([]), 12, 12)).toEqual([]);
  });

  it.each([
    ['before the oldest it knows', 9],
    ['from an earlier run', 1],
    ['that was not given out yet', 14],
  ])('does not know an id %s', (_name, id) => {
    expect(idsAfter(createRing([11, 12, 13]), id, 13)).toBeUndefined();
  });

  it('forgets the oldest past its bound and never gives a part of what was missed', () => {
    const ring = new EventRing(30);
    for (const id of [1, 2, 3, 4]) ring.push(event(id, 'x'.repeat(10)));
    expect(idsAfter(ring, 0, 4)).toBeUndefined();
    expect(idsAfter(ring, 1, 4)).toEqual([2, 3, 4]);
  });

  it('keeps nothing of an event longer than its bound', () => {
    const ring = createRing([1, 2], 100);
    ring.push(event(3, 'x'.repeat(101)));
    expect(idsAfter(ring, 2, 3)).toBeUndefined();
    ring.push(event(4));
    expect(idsAfter(ring, 3, 4)).toEqual([4]);
  });

  it('keeps up with a pane that prints little and often, long past its bound', () => {
    const ring = new EventRing(1_000_000);
    const last = 300_000;
    // To copy the list at each of them would take minutes.
    for (let id = 1; id <= last; id += 1) ring.push(event(id, 'x'.repeat(10)));
    expect(ring.after(199_999, last)).toBeUndefined();
    expect(ring.after(200_000, last)).toHaveLength(100_000);
  });

  it('knows no id from before it was cleared', () => {
    const ring = createRing([11, 12]);
    ring.clear();
    ring.push(event(14));
    expect(idsAfter(ring, 12, 14)).toBeUndefined();
    expect(idsAfter(ring, 13, 14)).toEqual([14]);
  });
});
