import { FakeEnvironment } from './fake-environment';
import { watchForWaking } from './wake-watch';

describe(watchForWaking.name, () => {
  let state: DocumentVisibilityState;
  let environment: FakeEnvironment;
  let woken: jest.Mock;
  let stop: () => void;

  beforeEach(() => {
    state = 'visible';
    jest.spyOn(document, 'visibilityState', 'get').mockImplementation(() => state);
    environment = new FakeEnvironment();
    woken = jest.fn();
    stop = watchForWaking(environment, woken);
  });

  afterEach(() => {
    stop();
    jest.restoreAllMocks();
  });

  it.each([
    ['the network came back', window, 'online'],
    ['the page was brought back', window, 'pageshow'],
    ['the tab is shown', document, 'visibilitychange'],
  ])('tells that %s', (_what, target, type) => {
    target.dispatchEvent(new Event(type));
    expect(woken).toHaveBeenCalledTimes(1);
    state = 'hidden';
    target.dispatchEvent(new Event(type));
    expect(woken).toHaveBeenCalledTimes(1);
  });

  it('notices that the machine slept, once', () => {
    for (let ticks = 0; ticks < 10; ticks += 1) environment.advance(5_000);
    expect(woken).not.toHaveBeenCalled();
    environment.advance(3_600_000);
    expect(woken).toHaveBeenCalledTimes(1);
    environment.advance(5_000);
    expect(woken).toHaveBeenCalledTimes(1);
  });

  it('takes the late timers of a hidden page for no sleep', () => {
    state = 'hidden';
    environment.advance(60_000);
    environment.advance(60_000);
    expect(woken).not.toHaveBeenCalled();
  });

  it('stops', () => {
    stop();
    window.dispatchEvent(new Event('online'));
    expect(woken).not.toHaveBeenCalled();
    expect(environment.timers).toEqual([]);
  });
});
