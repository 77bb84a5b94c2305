import { DOCUMENT, Injector } from '@angular/core';
import { FakeEnvironment, settle } from '../stream/fake-environment';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { FakeTabs } from './fake-tabs';
import { CONNECTIONS_MAX, StreamBudget, STREAMS_MAX } from './stream-budget';
import { TAB_ENVIRONMENT } from './tab-environment';
import type { TabEnvironment } from './tab-environment';

/** A page's window and document, as much as the budget listens to. */
class FakePage extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
  readonly defaultView = new EventTarget();

  show(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

function createBrowser() {
  const tabs = new FakeTabs();
  const environment = new FakeEnvironment();
  let count = 0;
  const openWith = async (tab: TabEnvironment, isVisible = true) => {
    const page = new FakePage();
    page.visibilityState = isVisible ? 'visible' : 'hidden';
    const injector = Injector.create({
      providers: [
        StreamBudget,
        { provide: DOCUMENT, useValue: page },
        { provide: STREAM_ENVIRONMENT, useValue: environment },
        { provide: TAB_ENVIRONMENT, useValue: tab },
      ],
    });
    environment.time += 1;
    const budget = injector.get(StreamBudget);
    const changes: boolean[] = [];
    const leave = budget.want(() => changes.push(budget.mayStream()));
    await settle();
    return { budget, page, changes, leave, destroy: () => injector.destroy() };
  };
  /** Opens the next tab, named by its number from 1. */
  const open = (isVisible = true) => {
    count += 1;
    return openWith(tabs.tab(String(count)), isVisible);
  };
  const openMany = async (many: number) => {
    const opened = [];
    for (let i = 0; i < many; i++) opened.push(await open());
    return opened;
  };
  const pass = async (ms: number): Promise<void> => {
    environment.advance(ms);
    await settle();
  };
  return { tabs, environment, open, openWith, openMany, pass };
}

const streaming = (opened: readonly { readonly budget: StreamBudget }[]): readonly boolean[] =>
  opened.map(({ budget }) => budget.mayStream());

describe(StreamBudget.name, () => {
  it('lets every tab have its stream while there is room', async () => {
    const { openMany } = createBrowser();
    const opened = await openMany(STREAMS_MAX);
    expect(streaming(opened)).toEqual([true, true, true, true]);
    expect(opened[0]?.budget.requestsMax()).toBe(CONNECTIONS_MAX - STREAMS_MAX);
  });

  it('lets the tab rest that was hidden longest ago, and brings it back when it is seen', async () => {
    const { openMany, open, environment } = createBrowser();
    const opened = await openMany(4);
    for (const { page } of opened) {
      environment.time += 1;
      page.show('hidden');
    }
    opened.push(await open());
    expect(streaming(opened)).toEqual([false, true, true, true, true]);
    environment.time += 1;
    opened[0]?.page.show('visible');
    expect(opened[0]?.changes).toEqual([false, true]);
    expect(streaming(opened)).toEqual([true, false, true, true, true]);
  });

  it.each(['focus', 'pointerdown', 'keydown'])(
    'lets the one used longest ago rest when all are seen, until a %s',
    async (type) => {
      const { openMany, environment } = createBrowser();
      const opened = await openMany(5);
      expect(streaming(opened)).toEqual([false, true, true, true, true]);
      environment.time += 1;
      opened[0]?.page.defaultView.dispatchEvent(new Event(type));
      expect(streaming(opened)).toEqual([true, false, true, true, true]);
    },
  );

  it('gives a place on when a tab is closed, or shows no session any more', async () => {
    const { openMany } = createBrowser();
    const opened = await openMany(6);
    expect(streaming(opened)).toEqual([false, false, true, true, true, true]);
    opened[5]?.page.defaultView.dispatchEvent(new Event('pagehide'));
    expect(streaming(opened).slice(0, 2)).toEqual([false, true]);
    opened[4]?.leave();
    expect(streaming(opened).slice(0, 2)).toEqual([true, true]);
  });

  it('gives a place on when a tab crashed', async () => {
    const { openMany, tabs, pass } = createBrowser();
    const opened = await openMany(5);
    tabs.crash('5');
    await pass(2_000);
    expect(streaming(opened).slice(0, 4)).toEqual([true, true, true, true]);
  });

  it('waits in a tab opened behind others until all had time to answer', async () => {
    const { openMany, open, pass } = createBrowser();
    const opened = await openMany(4);
    const behind = await open(false);
    expect(behind.budget.mayStream()).toBe(false);
    await pass(300);
    expect(behind.budget.mayStream()).toBe(false);
    expect(streaming(opened)).toEqual([true, true, true, true]);
  });

  it('opens a stream behind others where there is room', async () => {
    const { openMany, open, pass } = createBrowser();
    await openMany(2);
    const behind = await open(false);
    await pass(300);
    expect(behind.changes).toEqual([true]);
  });

  it.each(['h2', 'h3'])('bounds nothing over %s', async (protocol) => {
    const { tabs, openWith } = createBrowser();
    const opened = [];
    for (let i = 0; i < 6; i++) opened.push(await openWith(tabs.tab(String(i), protocol)));
    expect(streaming(opened)).toEqual([true, true, true, true, true, true]);
    expect(opened[0]?.budget.requestsMax()).toBeGreaterThan(CONNECTIONS_MAX);
  });

  it('bounds nothing where tabs cannot know of each other', async () => {
    const { tabs, openWith } = createBrowser();
    const { budget } = await openWith({ ...tabs.tab('1'), channel: null });
    expect(budget.mayStream()).toBe(true);
    expect(budget.requestsMax()).toBe(CONNECTIONS_MAX - 1);
  });

  it('leaves with its page, and no timer behind', async () => {
    const { openMany, environment } = createBrowser();
    const opened = await openMany(5);
    for (const { destroy } of opened) destroy();
    expect(environment.timers).toEqual([]);
  });
});
