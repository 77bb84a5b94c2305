import { entitled } from './entitled';
import type { Tab } from './entitled';

const tab = (id: string, usedAt: number, isVisible = false): Tab => ({ id, usedAt, isVisible });

describe(entitled.name, () => {
  it('lets all have a stream while there is room', () => {
    expect([...entitled([tab('a', 1), tab('b', 2)], 2)].sort()).toEqual(['a', 'b']);
  });

  it('lets the hidden one rest that was seen longest ago', () => {
    const tabs = [tab('a', 3), tab('b', 1), tab('c', 2), tab('d', 0, true)];
    expect([...entitled(tabs, 3)]).toEqual(['d', 'a', 'c']);
  });

  it('lets the one rest that was focused longest ago when all are seen', () => {
    const tabs = [tab('a', 3, true), tab('b', 1, true), tab('c', 2, true), tab('z', 9)];
    expect([...entitled(tabs, 2)]).toEqual(['a', 'c']);
  });

  it('answers the same in every tab, whoever it heard of first', () => {
    const tabs = [tab('a', 1), tab('b', 1), tab('c', 1)];
    expect(entitled(tabs, 2)).toEqual(entitled(tabs.toReversed(), 2));
  });
});
