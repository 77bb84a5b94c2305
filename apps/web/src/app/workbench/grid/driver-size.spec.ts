import { TestBed } from '@angular/core/testing';
import { FakeSession } from '../fake-session';
import { DriverSize } from './driver-size';

function createSize(session: FakeSession): DriverSize {
  session.driver.set('connection-1');
  TestBed.configureTestingModule({ providers: [...session.providers(), DriverSize] });
  return TestBed.inject(DriverSize);
}

/** Lets effects run and the last wanted size settle. */
function settle(): void {
  TestBed.tick();
  jest.runAllTimers();
}

describe(DriverSize.name, () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks once for the size a resize ends with', () => {
    const session = new FakeSession();
    const size = createSize(session);

    size.want({ cols: 80, rows: 24 });
    TestBed.tick();
    size.want({ cols: 100, rows: 30 });
    settle();
    size.want({ cols: 100, rows: 30 });
    session.connection.set({ status: 'live' });
    settle();

    expect(session.sent).toEqual([{ cmd: 'set-size', args: { cols: 100, rows: 30 } }]);
  });

  it('asks nothing as a viewer, and asks when it becomes the driver', () => {
    const session = new FakeSession();
    session.isDriver.set(false);
    const size = createSize(session);

    size.want({ cols: 80, rows: 24 });
    settle();
    expect(session.sent).toEqual([]);
    session.isDriver.set(true);
    settle();

    expect(session.sent).toEqual([{ cmd: 'set-size', args: { cols: 80, rows: 24 } }]);
  });

  it('asks again on a new connection', () => {
    const session = new FakeSession();
    const size = createSize(session);

    size.want({ cols: 80, rows: 24 });
    settle();
    session.connection.set({ status: 'reconnecting', attempt: 1, reason: '', retryAt: 0 });
    settle();
    session.driver.set('connection-2');
    session.connection.set({ status: 'live' });
    settle();

    expect(session.sent).toHaveLength(2);
  });
});
