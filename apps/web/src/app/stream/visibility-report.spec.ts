import { FakeEnvironment, settle } from './fake-environment';
import { HIDDEN_DELAY_MS, VisibilityReport } from './visibility-report';

function create() {
  const environment = new FakeEnvironment();
  const page = { isVisible: true };
  const told: boolean[] = [];
  let failure: Error | null = null;
  const report = new VisibilityReport({
    environment,
    isVisible: () => page.isVisible,
    tell: (isVisible) => {
      told.push(isVisible);
      return failure === null ? Promise.resolve() : Promise.reject(failure);
    },
  });
  const show = async (isVisible: boolean): Promise<void> => {
    page.isVisible = isVisible;
    report.changed();
    await settle();
  };
  const pass = async (ms: number): Promise<void> => {
    environment.advance(ms);
    await settle();
  };
  const failWith = (error: Error | null): void => {
    failure = error;
  };
  return { environment, report, told, show, pass, failWith };
}

describe(VisibilityReport.name, () => {
  it('tells of a page that stays hidden, and at once when it is seen again', async () => {
    const { report, told, show, pass } = create();
    report.connected();
    await show(false);
    await pass(HIDDEN_DELAY_MS - 1);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual([false]);
    await show(true);
    expect(told).toEqual([false, true]);
  });

  it('tells nothing of a short look elsewhere', async () => {
    const { environment, report, told, show, pass } = create();
    report.connected();
    await show(false);
    await pass(HIDDEN_DELAY_MS - 1);
    await show(true);
    await pass(10 * HIDDEN_DELAY_MS);
    expect(told).toEqual([]);
    expect(environment.timers).toEqual([]);
  });

  it('tells each connection anew, which takes the page for visible', async () => {
    const { report, told, show, pass } = create();
    report.connected();
    await show(false);
    await pass(HIDDEN_DELAY_MS);
    report.disconnected();
    await pass(HIDDEN_DELAY_MS);
    report.connected();
    await pass(HIDDEN_DELAY_MS);
    expect(told).toEqual([false, false]);
    report.disconnected();
    await show(true);
    report.connected();
    await pass(HIDDEN_DELAY_MS);
    expect(told).toEqual([false, false]);
  });

  it('tells again until it was heard: a page that is seen must not stand still', async () => {
    const { report, told, show, pass, failWith } = create();
    report.connected();
    await show(false);
    await pass(HIDDEN_DELAY_MS);
    failWith(new Error('busy'));
    await show(true);
    await pass(300);
    expect(told).toEqual([false, true, true]);
    failWith(null);
    await pass(600);
    await pass(60_000);
    expect(told).toEqual([false, true, true, true]);
  });

  it('leaves no timer when the connection is gone', async () => {
    const { environment, report, show } = create();
    report.connected();
    await show(false);
    report.disconnected();
    expect(environment.timers).toEqual([]);
  });
});
