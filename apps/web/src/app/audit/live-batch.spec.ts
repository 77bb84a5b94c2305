import { FakeEnvironment } from '../stream/fake-environment';
import { BATCH_MAX, BATCH_MS, LiveBatch } from './live-batch';

describe(LiveBatch.name, () => {
  it('hands on together what comes together', () => {
    const environment = new FakeEnvironment();
    const handed: (readonly number[])[] = [];
    const batch = new LiveBatch<number>(environment, (items) => handed.push(items));

    batch.add(1);
    batch.add(2);
    expect(handed).toEqual([]);
    environment.advance(BATCH_MS);
    batch.add(3);
    environment.advance(BATCH_MS);

    expect(handed).toEqual([[1, 2], [3]]);
  });

  it('does not let too much wait, and forgets on demand', () => {
    const environment = new FakeEnvironment();
    const sizes: number[] = [];
    const batch = new LiveBatch<number>(environment, (items) => sizes.push(items.length));

    for (let item = 0; item < BATCH_MAX + 1; item++) batch.add(item);
    expect(sizes).toEqual([BATCH_MAX]);
    batch.clear();
    environment.advance(BATCH_MS);

    expect(sizes).toEqual([BATCH_MAX]);
    expect(environment.timers).toEqual([]);
  });
});
