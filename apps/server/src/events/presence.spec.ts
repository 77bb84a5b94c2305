import { FEW_VIEWERS, Presence, PRESENCE_MS_PER_VIEWER } from './presence.js';

describe(Presence.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function create(count: number): { presence: Presence; tell: jest.Mock<undefined, []> } {
    const tell = jest.fn<undefined, []>();
    return { presence: new Presence(() => count, tell), tell };
  }

  it('tells a few at once', () => {
    const { presence, tell } = create(FEW_VIEWERS);
    for (let count = 0; count < 5; count += 1) presence.changed();
    expect(tell).toHaveBeenCalledTimes(5);
  });

  it('tells a crowd at once, and then again when time has passed, the last state included', () => {
    const count = 500;
    const { presence, tell } = create(count);
    for (let joined = 0; joined < count; joined += 1) presence.changed();
    expect(tell).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(count * PRESENCE_MS_PER_VIEWER);
    expect(tell).toHaveBeenCalledTimes(2);
    jest.advanceTimersByTime(10 * count * PRESENCE_MS_PER_VIEWER);
    expect(tell).toHaveBeenCalledTimes(2);
    presence.changed();
    expect(tell).toHaveBeenCalledTimes(3);
  });

  it('tells nothing after its end', () => {
    const { presence, tell } = create(500);
    presence.changed();
    presence.changed();
    presence.stop();
    jest.advanceTimersByTime(60_000);
    expect(tell).toHaveBeenCalledTimes(1);
  });
});
